package io.bactrian.node;

import io.bactrian.step.Answered;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what batch workers have answered from a thread of its own, so that a slot begins its next
 * step meanwhile. While steps wait for a slot, answers are gathered for {@value #GATHER_MILLIS} ms:
 * one commit serves them all. When nothing waits, somebody may wait for what they set free.
 */
final class EndWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EndWriter.class);
  private static final long GATHER_MILLIS = 40;
  private static final int MOST = 32;
  private static final long CLOSE_MILLIS = 10_000;

  /** An empty one wakes the thread, so that it sees that it is to end. */
  private final BlockingQueue<Optional<Answered>> answers = new ArrayBlockingQueue<>(2 * MOST);

  private final StepRunner runner;
  private final BooleanSupplier moreWaits;
  private final Consumer<List<StepLease>> written;
  private final Thread thread = new Thread(this::writeUntilClosed, "bactrian-ends");
  private volatile boolean closed;

  /**
   * @param moreWaits whether steps wait for a slot
   * @param written called with the leases whose ends have been written: others may be ready now
   */
  EndWriter(StepRunner runner, BooleanSupplier moreWaits, Consumer<List<StepLease>> written) {
    this.runner = runner;
    this.moreWaits = moreWaits;
    this.written = written;
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Takes an answer to be written soon. While too many are not written yet, perhaps since somebody
   * holds a task's rows for long, whoever has another answer writes it without waiting for them.
   */
  void add(Answered answered) {
    if (!answers.offer(Optional.of(answered))) {
      write(List.of(answered));
    }
  }

  private void writeUntilClosed() {
    try {
      while (!closed || !answers.isEmpty()) {
        List<Answered> some = gather();
        if (!some.isEmpty()) {
          write(some);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Answered> gather() throws InterruptedException {
    var some = new ArrayList<Answered>();
    Optional<Answered> next = answers.take();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
    while (next.isPresent()) {
      some.add(next.get());
      next = some.size() < MOST ? another(until) : Optional.empty();
    }
    return some;
  }

  private Optional<Answered> another(long until) throws InterruptedException {
    boolean gathers = moreWaits.getAsBoolean() && !closed;
    Optional<Answered> next =
        gathers ? answers.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS) : answers.poll();
    return next == null ? Optional.empty() : next;
  }

  private void write(List<Answered> some) {
    try {
      runner.complete(some);
    } catch (RuntimeException | Error e) {
      // What ends this thread would end the node's work; the steps are left to their leases.
      log.error("the ends of {} steps are not written", some.size(), e);
    } finally {
      written.accept(some.stream().map(one -> one.step().lease()).toList());
    }
  }

  /** Writes what is there, and ends. */
  @Override
  public void close() {
    closed = true;
    boolean unused = answers.offer(Optional.empty());
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
