package io.bactrian.ui;

import java.util.List;
import java.util.Map;

/**
 * A worker's handler that takes as long as its records say, and fails at a broken shelf until it is
 * mended.
 */
public final class StockCount {
  private static volatile boolean mended;

  static void mend(boolean isMended) {
    mended = isMended;
  }

  public Map<String, Object> work(List<Map<String, Object>> records) throws InterruptedException {
    long pause = 0;
    long pieces = 0;
    for (Map<String, Object> fields : records) {
      if (!mended && "broken".equals(fields.get("shelf"))) {
        throw new IllegalStateException(
            "the shelf of item %s is broken".formatted(fields.get("item")));
      }
      pause += Long.parseLong(String.valueOf(fields.get("pause")));
      pieces += Long.parseLong(String.valueOf(fields.get("pieces")));
    }
    Thread.sleep(pause);
    return Map.of("items", records.size(), "pieces", pieces);
  }
}
