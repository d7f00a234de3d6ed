package io.bactrian.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The same bytes read in every way there is; each way answers a {@link Reading}. */
final class Readings {
  private static final Path FILE = Path.of("bytes.csv");

  private Readings() {}

  /**
   * What a way of reading finds.
   *
   * @param records the fields of each record; up to the fault, when there is one
   * @param shape of the records: how many, where the first begins, where the last ends, the longest
   * @param fault whether something is not in the dialect
   */
  record Reading(List<List<String>> records, Shape shape, boolean fault) {}

  /** Of records. */
  record Shape(long count, long start, long end, long longest) {
    static final Shape NONE = new Shape(0, 0, 0, 0);
  }

  /** Byte by byte: the oracle. */
  static Reading serial(byte[] bytes, Dialect dialect) throws IOException {
    var channel = new MemoryChannel(bytes);
    var scanner = new RecordScanner(FILE, channel, dialect, 1, 0);
    var decoder = new RecordDecoder(FILE, dialect);
    var records = new ArrayList<List<String>>();
    var shape = Shape.NONE;
    try {
      while (scanner.next()) {
        int from = (int) scanner.start();
        int to = (int) scanner.end();
        long start = records.isEmpty() ? from : shape.start();
        shape = new Shape(records.size() + 1, start, to, Math.max(shape.longest(), to - from));
        records.add(decoder.decode(bytes, from, to, scanner.ordinal(), from));
      }
      return new Reading(records, shape, false);
    } catch (CsvException e) {
      return new Reading(records, shape, true);
    }
  }

  /** The planner's pass, in blocks of some bytes; it reads no fields. */
  static Reading planned(byte[] bytes, Dialect dialect, int blockSize) throws IOException {
    var channel = new MemoryChannel(bytes);
    var source = new BlockPass.Source(FILE, channel, dialect, 0, bytes.length);
    var pass = new BlockPass(source, blockSize, 1);
    try {
      pass.run();
    } catch (CsvException e) {
      return new Reading(List.of(), Shape.NONE, true);
    }
    var shape = new Shape(pass.records(), pass.dataStart(), pass.dataEnd(), pass.longest());
    return new Reading(List.of(), pass.records() == 0 ? Shape.NONE : shape, false);
  }

  /** Views, over a window of some bytes. */
  static Reading views(byte[] bytes, Dialect dialect, int windowSize) {
    var window = new ChunkWindow(new MemoryChannel(bytes), dialect, windowSize);
    var view = new RecordView(FILE, dialect, List.of(), false, window);
    window.begin(0, bytes.length);
    view.begin(1);
    var records = new ArrayList<List<String>>();
    var shape = Shape.NONE;
    try {
      while (view.next()) {
        long start = records.isEmpty() ? view.offset() : shape.start();
        long end = view.offset() + view.length();
        shape = new Shape(view.ordinal(), start, end, Math.max(shape.longest(), view.length()));
        records.add(fields(view));
      }
      return new Reading(records, shape, false);
    } catch (CsvException e) {
      return new Reading(records, shape, true);
    }
  }

  private static List<String> fields(RecordView view) {
    var fields = new ArrayList<String>();
    for (int i = 0; i < view.fieldCount(); i++) {
      fields.add(view.text(i));
    }
    return Collections.unmodifiableList(fields);
  }
}
