package io.bactrian.checkpoint;

import java.util.Map;
import java.util.Optional;

/**
 * The committed state of a range: everything before {@code position} is done, nothing after it is.
 *
 * @param position the record ordinal (from 1) the next chunk starts with
 * @param offset the byte offset of that record in the file, -1 where the range is not one of bytes
 * @param partial the folded result of all committed chunks
 * @param read records read so far; always {@code written + filtered + rejected}
 * @param written records whose effect is committed
 * @param filtered records left out on purpose
 * @param rejected records set aside
 * @param crc CRC-32 of the range's bytes before {@code offset}, 0 where the range is not one of
 *     bytes
 * @param cursor where a handler that keeps its own checkpoints goes on, a JSON value; empty where
 *     the engine keeps them, and when the range is done
 */
public record Checkpoint(
    long position,
    long offset,
    Map<String, Object> partial,
    long read,
    long written,
    long filtered,
    long rejected,
    long crc,
    Optional<Object> cursor) {

  public Checkpoint {
    if (read != written + filtered + rejected) {
      throw new IllegalArgumentException(
          "the ledger does not balance: read=%d, written=%d, filtered=%d, rejected=%d"
              .formatted(read, written, filtered, rejected));
    }
  }

  /** A checkpoint of a range that is not one of bytes. */
  public Checkpoint(
      long position,
      long offset,
      Map<String, Object> partial,
      long read,
      long written,
      long filtered,
      long rejected) {
    this(position, offset, partial, read, written, filtered, rejected, 0);
  }

  /** A checkpoint that the engine keeps. */
  public Checkpoint(
      long position,
      long offset,
      Map<String, Object> partial,
      long read,
      long written,
      long filtered,
      long rejected,
      long crc) {
    this(position, offset, partial, read, written, filtered, rejected, crc, Optional.empty());
  }
}
