package io.bactrian.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Counts wrong keys by client address; who has given too many is not listened to for a while, not
 * even with a right one. Thread safe and bounded.
 */
final class FailedLogins {
  static final int MOST = 10;
  static final long WINDOW_SECONDS = 60;
  private static final int ADDRESSES = 10_000;

  private final LongSupplier seconds;
  private final Map<String, Window> windows =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > ADDRESSES;
        }
      };

  /**
   * @param seconds a clock that never goes back
   */
  FailedLogins(LongSupplier seconds) {
    this.seconds = seconds;
  }

  private record Window(long began, int failures) {}

  /** How many seconds an address must wait; empty when it need not. */
  synchronized OptionalLong mustWait(String address) {
    Window window = windows.get(address);
    long now = seconds.getAsLong();
    if (window == null || window.failures() < MOST || now - window.began() >= WINDOW_SECONDS) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.max(1, WINDOW_SECONDS - (now - window.began())));
  }

  synchronized void failed(String address) {
    long now = seconds.getAsLong();
    Window window = windows.remove(address);
    boolean isNew = window == null || now - window.began() >= WINDOW_SECONDS;
    windows.put(
        address, isNew ? new Window(now, 1) : new Window(window.began(), window.failures() + 1));
  }
}
