package io.bactrian;

import java.util.List;
import java.util.Map;

/**
 * A worker's handler that fails at a record {@code bad}, sleeps for minutes at {@code slow}, and
 * for a moment at any other chunk.
 */
public final class Sleeper {
  /** How long a moment is; a test that must act while chunks are worked on makes it longer. */
  static volatile long momentMillis = 1;

  public Map<String, Object> work(List<Map<String, Object>> records) throws InterruptedException {
    for (Map<String, Object> fields : records) {
      if ("bad".equals(fields.get("n"))) {
        throw new IllegalStateException("a bad record");
      }
      if ("slow".equals(fields.get("n"))) {
        Thread.sleep(300_000);
      }
    }
    Thread.sleep(momentMillis);
    return Map.of("rows", records.size());
  }
}
