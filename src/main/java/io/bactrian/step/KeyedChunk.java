package io.bactrian.step;

/**
 * The rows in work of a range that is one of keys.
 *
 * @param last the key of the last of them: where the next chunk begins after
 * @param rows how many there are
 * @param end whether the range ends with them
 */
public record KeyedChunk(String last, long rows, boolean end) {

  /** Whether there was nothing more: the rows of the plan are gone. */
  public boolean isEmptyEnd() {
    return end && rows == 0;
  }
}
