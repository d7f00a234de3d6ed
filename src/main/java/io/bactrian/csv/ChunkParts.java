package io.bactrian.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes a chunk apart around the records in it that cannot be used. Parts are whole records that
 * follow on each other; all parts and the bad records between them are the chunk.
 *
 * <p>At first the chunk is one part. When a record of the present part turns out to be bad, that
 * part counts for nothing: the next one ends before the record, and the one after that begins
 * behind it. Not thread safe.
 */
public final class ChunkParts {
  /** So many records are held until a part is done, and so many bytes: it may be an empty one. */
  private static final int MOST_HELD = 1_000;

  private static final long MOST_HELD_BYTES = 4L << 20;

  /**
   * Parts are short where records are bad, for what stands behind one may be read in vain; but each
   * that ends before the next bad record is a commit more than needed.
   */
  private static final int SHORTEST = 64;

  private static final int BEYOND = 4;
  private static final int GROWTH = 2;

  private final Chunk whole;
  private Chunk rest;
  private @Nullable Chunk part;
  private Optional<BadRecord> bad = Optional.empty();
  private final List<Passed> passed = new ArrayList<>();
  private int most;

  /**
   * A bad record between two parts.
   *
   * @param bytes as they are in the file, the line end included; do not write into them
   */
  @SuppressWarnings("ArrayRecordComponent") // They are not compared.
  public record Passed(BadRecord record, byte[] bytes) {}

  public ChunkParts(Chunk chunk) {
    this.whole = chunk;
    this.rest = chunk;
    this.most = Math.max(SHORTEST, chunk.recordCount());
  }

  /** Whether the part that was taken last is done when this is asked, and was the last. */
  public boolean isThrough() {
    return part != null && end(part) == end(rest);
  }

  /**
   * The next part; the one before is done, unless {@link #setAside} told otherwise.
   *
   * @throws CsvException as {@link Chunk#after} of the part before
   */
  public Chunk next() {
    if (part != null) {
      rest = whole.rest(part.after());
      most = (int) Math.min((long) most * GROWTH, Integer.MAX_VALUE);
      passed.clear();
    }
    if (bad.isPresent() && bad.get().ordinal() == rest.firstOrdinal()) {
      pass(bad.get());
      bad = Optional.empty();
    }
    part = first(length());
    return part;
  }

  private int length() {
    if (passed.size() >= MOST_HELD
        || passed.stream().mapToLong(one -> one.bytes().length).sum() >= MOST_HELD_BYTES) {
      return 0;
    }
    return bad.map(record -> (int) (record.ordinal() - rest.firstOrdinal())).orElse(most);
  }

  /**
   * A record of the present part is bad, and nothing of the part is done.
   *
   * @throws BadRecord the same, if it is none of this part
   */
  public void setAside(BadRecord record) {
    long index = part == null ? -1 : record.ordinal() - part.firstOrdinal();
    if (part == null
        || index < 0
        || index >= part.recordCount()
        || !record.file().equals(part.file())) {
      throw record;
    }
    bad = Optional.of(record);
    most = (int) Math.min(most, Math.max(SHORTEST, BEYOND * index));
    part = null;
  }

  /** The bad records right before the part that was taken last. */
  public List<Passed> passed() {
    return Collections.unmodifiableList(passed);
  }

  private void pass(BadRecord record) {
    RecordScanner scanner = rest.passed(1);
    byte[] all = ChunkBytes.read(rest, rest.startOffset(), scanner.end());
    long crc = Crc.combine(rest.from().crc(), Crc.of(all, 0, all.length), all.length);
    int start = Math.toIntExact(scanner.start() - rest.startOffset());
    passed.add(new Passed(record, Arrays.copyOfRange(all, start, all.length)));
    rest = whole.rest(new Position(record.ordinal() + 1, scanner.end(), crc));
  }

  private Chunk first(int records) {
    if (records >= rest.recordCount()) {
      return rest;
    }
    return new Chunk(rest.source(), rest.from(), records, rest.passed(records).end());
  }

  private static long end(Chunk chunk) {
    return chunk.firstOrdinal() + chunk.recordCount();
  }
}
