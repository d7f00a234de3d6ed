package io.bactrian.api;

import java.util.Map;

/** How the node is. Thread safe and quick: it never waits for the database. */
public interface Health {
  /** Whether the process works. */
  boolean isLive();

  /** Whether it takes work now: the database answers, it claims and does not drain. */
  boolean isReady();

  /** What there is to say. */
  Map<String, Object> details();
}
