package io.bactrian.node;

import io.bactrian.store.NodeTable;
import io.bactrian.store.WakeUpSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes other nodes and is woken by them, through the route {@code wake-up}. Only makes things
 * faster: every node polls.
 *
 * <p>Calls are gathered: at most one every {@value #CALL_MILLIS} ms. A lost connection restarts the
 * route from a thread of ours until that works.
 */
public final class WakeUp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WakeUp.class);
  private static final String ROUTE = "wake-up";
  private static final long CALL_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;

  private final NodeTable nodes;
  private final AtomicBoolean calling = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var made = new Thread(task, "bactrian-wake-up");
            made.setDaemon(true);
            return made;
          });
  private volatile Runnable listener = () -> {};
  private volatile boolean closed;

  public WakeUp(NodeTable nodes) {
    this.nodes = nodes;
  }

  /** Called by the route: another node made steps ready. */
  public void heard() {
    listener.run();
  }

  /** Starts the route in the background and keeps it hearing. */
  public void listen(CamelContext camel, WakeUpSource source, Runnable whenHeard) {
    listener = whenHeard;
    source.onLost(() -> schedule(() -> restart(camel)));
    schedule(() -> restart(camel));
  }

  /** Wakes the other nodes soon. */
  void call() {
    if (calling.compareAndSet(false, true)) {
      schedule(
          () -> {
            calling.set(false);
            nodes.call();
          });
    }
  }

  private void schedule(Runnable work) {
    if (!closed) {
      thread.schedule(() -> quietly(work), CALL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.debug("wake-up failed; the poll does without it", e);
    }
  }

  private void restart(CamelContext camel) {
    if (closed) {
      return;
    }
    try {
      camel.getRouteController().stopRoute(ROUTE);
      camel.getRouteController().startRoute(ROUTE);
    } catch (Exception e) {
      log.debug("route {} does not start yet: {}", ROUTE, e.getMessage());
      thread.schedule(() -> restart(camel), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }
}
