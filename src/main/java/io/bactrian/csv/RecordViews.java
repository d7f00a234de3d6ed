package io.bactrian.csv;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The records of a chunk as views, read from the file while they are iterated: what a handler with
 * {@code rows: views} receives.
 *
 * <p>All records of an iteration are the same {@link RecordView} object. One iteration at a time;
 * the next begins at the first record again. Not thread safe.
 */
public final class RecordViews implements Iterable<RecordView> {
  private final Chunk chunk;
  private final RecordView view;
  private final Runnable progress;

  RecordViews(Chunk chunk, RecordView view, Runnable progress) {
    this.chunk = chunk;
    this.view = view;
    this.progress = progress;
  }

  /** Names of the columns; empty without a header. */
  public List<String> header() {
    return chunk.header();
  }

  /**
   * The column of a name.
   *
   * @throws IllegalArgumentException if the header has no such name
   */
  public int column(String name) {
    return view.column(name);
  }

  /** How many records there are. */
  public int size() {
    return chunk.recordCount();
  }

  /** Ordinal of the first record. */
  public long firstOrdinal() {
    return chunk.firstOrdinal();
  }

  /**
   * The records, from the first on.
   *
   * @throws CsvException while iterating, if a record is not as it was planned
   */
  @Override
  public Iterator<RecordView> iterator() {
    chunk.restart();
    return new Iterator<>() {
      private long left = chunk.recordCount();

      @Override
      public boolean hasNext() {
        return left > 0;
      }

      @Override
      public RecordView next() {
        if (left-- <= 0) {
          throw new NoSuchElementException("no record left");
        }
        if (!view.next()) {
          throw chunk.notThere(view.ordinal() + 1);
        }
        progress.run();
        return view;
      }
    };
  }
}
