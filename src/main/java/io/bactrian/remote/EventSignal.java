package io.bactrian.remote;

import io.bactrian.cli.ServerRefused;
import io.bactrian.cli.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the events of one task, so that who watches it looks when something has changed. Where
 * there are none, the key may not hear them or the stream breaks, the pause between two looks does
 * without; a broken stream is opened again after the last event.
 */
final class EventSignal implements Waiting {
  private static final Logger log = LoggerFactory.getLogger(EventSignal.class);
  private static final long AGAIN_SECONDS = 2;
  private static final long QUIET_MILLIS = 200;

  private final Http http;
  private final String path;
  private final Semaphore heard = new Semaphore(0);
  private String lastEvent = "";
  private volatile boolean hears;
  private volatile boolean closed;
  private volatile @Nullable InputStream stream;

  EventSignal(Http http, UUID task) {
    this.http = http;
    this.path = "/v1/events?task_uuid=" + task;
  }

  EventSignal start() {
    var thread = new Thread(this::hearUntilClosed, "bactrian-events");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** While events come, the pause is ten times as long, and ends with the next one. */
  @Override
  public void await(long millis) throws InterruptedException {
    if (heard.tryAcquire(hears ? 10 * millis : millis, TimeUnit.MILLISECONDS)) {
      TimeUnit.MILLISECONDS.sleep(Math.min(millis, QUIET_MILLIS));
      heard.drainPermits();
    }
  }

  private void hearUntilClosed() {
    while (!closed) {
      try (InputStream events = http.stream(path, lastEvent)) {
        stream = events;
        hears = true;
        read(events);
      } catch (ServerRefused e) {
        if (e.status() / 100 == 4) {
          log.debug("no events, looks at intervals: {}", e.getMessage());
          return;
        }
      } catch (IOException e) {
        log.debug("events broke off", e);
      } finally {
        hears = false;
      }
      pause();
    }
  }

  private void read(InputStream events) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null && !closed; line = lines.readLine()) {
      if (line.startsWith("id:")) {
        lastEvent = line.substring("id:".length()).strip();
      } else if (line.startsWith("data:")) {
        heard.release();
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.SECONDS.sleep(AGAIN_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    InputStream open = stream;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        log.debug("the stream of events does not close", e);
      }
    }
  }
}
