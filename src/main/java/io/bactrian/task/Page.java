package io.bactrian.task;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items what stands on it
 * @param number which page, from 1
 * @param size items on a full page
 * @param total items on all pages
 */
public record Page<T>(List<T> items, int number, int size, long total) {
  public Page {
    items = List.copyOf(items);
  }

  /** How many pages there are. */
  public long pages() {
    return (total + size - 1) / size;
  }

  /** Which part of a list is asked for. */
  public record Cut(int number, int size) {
    public Cut {
      if (number < 1 || size < 1) {
        throw new IllegalArgumentException(
            "page %d of %d items; allowed: at least 1 and 1".formatted(number, size));
      }
    }

    /** How many items stand on the pages before. */
    public long offset() {
      return (number - 1L) * size;
    }
  }
}
