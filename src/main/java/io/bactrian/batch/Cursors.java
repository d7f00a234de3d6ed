package io.bactrian.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All cursors of one outcome together. */
public final class Cursors {
  private static final int ID_DIGITS = 3;

  private Cursors() {}

  /**
   * Rows of a file that one worker gets.
   *
   * @param start ordinal of the first, from 1
   * @param end ordinal after the last
   * @param startOffset byte offset of the first
   * @param endOffset byte offset after the last
   */
  public record Rows(long start, long end, long startOffset, long endOffset) {}

  /**
   * One cursor a range, with ids 001, 002 … of as many digits as their number needs, at least
   * three.
   */
  public static List<CursorConfig> ofRows(List<Rows> ranges) {
    List<String> ids = ids(ranges.size());
    var cursors = new ArrayList<CursorConfig>(ranges.size());
    for (Rows rows : ranges) {
      var offsets = new LinkedHashMap<String, Object>();
      offsets.put("start_offset", rows.startOffset());
      offsets.put("end_offset", rows.endOffset());
      cursors.add(
          new CursorConfig(
              ids.get(cursors.size()),
              rows.start(),
              rows.end(),
              rows.end() - rows.start(),
              offsets));
    }
    return cursors;
  }

  /** 001, 002 … of as many digits as their number needs, at least three. */
  public static List<String> ids(int count) {
    int digits = Math.max(ID_DIGITS, String.valueOf(count).length());
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format("%0" + digits + "d", i))
        .toList();
  }

  static void check(String template, int workers, List<CursorConfig> cursors, long totalItems) {
    if (template.isBlank()) {
      throw new InvalidOutcome("worker_template_name is blank; allowed: a batch_worker step");
    }
    if (workers < 1 || workers != cursors.size()) {
      throw new InvalidOutcome(
          "worker_count is %d; allowed: at least 1, and the number of cursor_configs, %d"
              .formatted(workers, cursors.size()));
    }
    if (totalItems < 0) {
      throw new InvalidOutcome("total_items is %d; allowed: at least 0".formatted(totalItems));
    }
    checkIds(cursors);
    if (cursors.stream().allMatch(CursorConfig::isInteger)) {
      checkCover(cursors, totalItems);
    }
  }

  private static void checkIds(List<CursorConfig> cursors) {
    var seen = new HashSet<String>();
    for (int i = 0; i < cursors.size(); i++) {
      if (!seen.add(cursors.get(i).batchId())) {
        throw new InvalidOutcome(
            "cursor_configs[%d].batch_id is '%s' again; allowed: ids that differ"
                .formatted(i, cursors.get(i).batchId()));
      }
    }
  }

  private static void checkCover(List<CursorConfig> cursors, long totalItems) {
    Map<CursorConfig, Integer> positions = new LinkedHashMap<>();
    cursors.forEach(cursor -> positions.put(cursor, positions.size()));
    var ordered = new ArrayList<>(cursors);
    ordered.sort(Comparator.comparingLong(Cursors::start).thenComparingLong(Cursors::end));
    long items = 0;
    CursorConfig furthest = ordered.get(0);
    for (CursorConfig cursor : ordered) {
      if (items > 0 && cursor.batchSize() > 0 && start(cursor) < end(furthest)) {
        throw new InvalidOutcome(
            "cursor_configs[%d].start_cursor is %d and overlaps batch '%s', which ends at %d; allowed: parts that do not overlap"
                .formatted(
                    positions.getOrDefault(cursor, 0),
                    start(cursor),
                    furthest.batchId(),
                    end(furthest)));
      }
      items += cursor.batchSize();
      furthest = end(cursor) > end(furthest) ? cursor : furthest;
    }
    if (items != totalItems) {
      throw new InvalidOutcome(
          "total_items is %d; allowed: what the cursors cover together, %d"
              .formatted(totalItems, items));
    }
  }

  private static long start(CursorConfig cursor) {
    return CursorConfig.integer(cursor.startCursor()).orElse(0);
  }

  private static long end(CursorConfig cursor) {
    return CursorConfig.integer(cursor.endCursor()).orElse(0);
  }
}
