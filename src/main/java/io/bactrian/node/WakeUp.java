package io.bactrian.node;

import io.bactrian.store.NodeTable;
import io.bactrian.store.WakeUpSource;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes other nodes and is woken by them, through the route {@code wake-up}. Only makes things
 * faster: every node polls.
 *
 * <p>Calls are gathered: at most one every {@value #CALL_MILLIS} ms. A lost connection restarts the
 * route from a thread of ours until that works; so does a call to itself, every 30 s, that the node
 * does not hear by the next.
 */
public final class WakeUp implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WakeUp.class);
  private static final String ROUTE = "wake-up";
  private static final long CALL_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;
  private static final Duration CHECK = Duration.ofSeconds(30);

  private final NodeTable nodes;
  private final String self;
  private final Duration check;
  private final AtomicBoolean calling = new AtomicBoolean();
  private final AtomicBoolean heardItself = new AtomicBoolean(true);
  private final AtomicBoolean restarting = new AtomicBoolean();
  private final AtomicInteger restarts = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var made = new Thread(task, "bactrian-wake-up");
            made.setDaemon(true);
            return made;
          });
  private volatile Runnable listener = () -> {};
  private volatile boolean closed;

  public WakeUp(NodeTable nodes, UUID self) {
    this(nodes, self, CHECK);
  }

  /**
   * @param nodes how to call
   * @param self what the node says to hear itself
   * @param check how often it does
   */
  public WakeUp(NodeTable nodes, UUID self, Duration check) {
    this.nodes = nodes;
    this.self = self.toString();
    this.check = check;
  }

  /**
   * Called by the route: another node made steps ready, or this one hears itself.
   *
   * @param payload what was said
   */
  public void heard(@Nullable String payload) {
    if (self.equals(payload)) {
      heardItself.set(true);
    } else {
      listener.run();
    }
  }

  /**
   * Starts the route in the background and keeps it hearing.
   *
   * @param after how long the node can do without
   */
  public void listen(CamelContext camel, WakeUpSource source, Runnable whenHeard, Duration after) {
    listener = whenHeard;
    source.onLost(() -> restartSoon(camel, CALL_MILLIS));
    restartSoon(camel, after.toMillis());
    thread.scheduleWithFixedDelay(
        () -> quietly(() -> check(camel)),
        check.toMillis(),
        check.toMillis(),
        TimeUnit.MILLISECONDS);
  }

  /** How often the route was started again because it had gone deaf without a lost connection. */
  public int restarts() {
    return restarts.get();
  }

  /** Wakes the other nodes soon. */
  void call() {
    if (calling.compareAndSet(false, true)) {
      schedule(
          () -> {
            calling.set(false);
            nodes.call();
          },
          CALL_MILLIS);
    }
  }

  private void check(CamelContext camel) {
    if (!heardItself.getAndSet(false) && !restarting.get()) {
      restarts.incrementAndGet();
      log.warn("the node does not hear itself; restarts={} route={}", restarts, ROUTE);
      restartSoon(camel, 0);
    }
    nodes.call(self);
  }

  private void schedule(Runnable work, long delayMillis) {
    if (!closed) {
      thread.schedule(() -> quietly(work), delayMillis, TimeUnit.MILLISECONDS);
    }
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.debug("wake-up failed; the poll does without it", e);
    }
  }

  /** One restart at a time, so that there is one listening session. */
  private void restartSoon(CamelContext camel, long delayMillis) {
    if (restarting.compareAndSet(false, true)) {
      schedule(() -> restart(camel), delayMillis);
    }
  }

  private void restart(CamelContext camel) {
    if (closed) {
      return;
    }
    restarting.set(false);
    try {
      camel.getRouteController().stopRoute(ROUTE);
      camel.getRouteController().startRoute(ROUTE);
      listener.run();
    } catch (Exception e) {
      log.debug("route {} does not start yet: {}", ROUTE, e.getMessage());
      restartSoon(camel, RETRY_MILLIS);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.shutdownNow();
  }
}
