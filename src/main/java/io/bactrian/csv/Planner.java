package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** Plans a file in one pass over its bytes, on all processors. Thread safe. */
public final class Planner {
  private static final int MOST_THREADS = 16;
  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private Planner() {}

  /**
   * Counts the records of a file and finds where they lie.
   *
   * @throws CsvException if it is no file that may be read, or not in the dialect
   * @throws CsvReadException if reading fails
   */
  public static Plan plan(Path file, Dialect dialect) {
    try (FileChannel channel = FileBytes.open(file)) {
      return plan(file, dialect, channel);
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }

  private static Plan plan(Path file, Dialect dialect, FileChannel channel) throws IOException {
    int threads = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
    return plan(file, dialect, channel, BlockPass.BLOCK, threads);
  }

  static Plan plan(Path file, Dialect dialect, FileChannel channel, int blockSize, int threads)
      throws IOException {
    Fingerprint fingerprint = Fingerprint.of(file, channel);
    var scanner = scanner(file, dialect, channel);
    List<String> header = dialect.header() ? header(file, dialect, channel, scanner) : List.of();
    var source = new BlockPass.Source(file, channel, dialect, scanner.end(), fingerprint.size());
    var pass = new BlockPass(source, blockSize, threads);
    pass.run();
    checkSame(file, fingerprint, Fingerprint.of(file, channel));
    checkEnds(file, channel, fingerprint.size());
    return new Plan(
        file.toAbsolutePath(),
        fingerprint,
        dialect,
        header,
        pass.records(),
        pass.dataStart(),
        pass.dataEnd(),
        pass.longest(),
        pass.index(),
        pass.checksums());
  }

  private static void checkSame(Path file, Fingerprint before, Fingerprint after) {
    boolean touched = before.modifiedNanos() != after.modifiedNanos();
    if (touched || before.difference(after).isPresent()) {
      throw new CsvException(
          "%s: input changed while it was planned: %s; allowed: a file that nobody writes to"
              .formatted(file, before.difference(after).orElse("its modification time did")));
    }
  }

  /** Some files have more bytes than they say, such as those that the kernel makes. */
  private static void checkEnds(Path file, FileChannel channel, long size) throws IOException {
    if (FileBytes.read(channel, size, 1).hasRemaining()) {
      throw new CsvException(
          "%s: it goes on after its %d bytes; allowed: a file that has its size, such as a copy of this one"
              .formatted(file, size));
    }
  }

  /**
   * A scanner before the first record: number 0 with a header, 1 without. A byte order mark is
   * passed.
   *
   * @throws CsvException if the file begins as one that is no text
   */
  static RecordScanner scanner(Path file, Dialect dialect, FileChannel channel) throws IOException {
    NotText.check(file, channel);
    boolean marked = FileBytes.read(channel, 0, BOM.length).equals(ByteBuffer.wrap(BOM));
    return new RecordScanner(
        file, channel, dialect, dialect.header() ? 0 : 1, marked ? BOM.length : 0);
  }

  private static List<String> header(
      Path file, Dialect dialect, FileChannel channel, RecordScanner scanner) throws IOException {
    if (!scanner.next()) {
      throw CsvException.at(
          file,
          0,
          scanner.start(),
          "the file is empty, it has no header; allowed: a header line, then records (or no header, when the dialect says so)");
    }
    int length = Math.toIntExact(scanner.end() - scanner.start());
    byte[] bytes = FileBytes.read(channel, scanner.start(), length).array();
    return new RecordDecoder(file, dialect).decode(bytes, 0, length, 0, scanner.start());
  }
}
