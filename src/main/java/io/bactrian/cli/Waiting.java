package io.bactrian.cli;

import java.util.concurrent.TimeUnit;

/** Waits until something may have changed. */
public interface Waiting extends AutoCloseable {
  /** Just lets the time pass. */
  Waiting POLL = TimeUnit.MILLISECONDS::sleep;

  /** Returns when something was heard of, at the latest after this time. */
  void await(long millis) throws InterruptedException;

  @Override
  default void close() {}
}
