package io.bactrian.csv;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the dialect of a file looks like from its first 256 KiB, with the reasons. What was asked
 * for stays where nothing else reads the sample better.
 *
 * @param dialect the guess; escape, comment, blank lines and the longest record are as asked
 * @param reasons one for each part that is guessed, by the key it has in {@link Dialect#toMap}:
 *     {@code charset}, {@code delimiter}, {@code quote}, {@code quotes}, {@code header}
 */
public record DialectGuess(Dialect dialect, Map<String, String> reasons) {
  private static final int SAMPLE = 256 << 10;

  /**
   * Looks at a file.
   *
   * @param asked the dialect in which somebody wants to read it
   * @throws CsvException if it is no file that may be read
   * @throws CsvReadException if reading fails
   */
  public static DialectGuess of(Path file, Dialect asked) {
    try (FileChannel channel = FileBytes.open(file)) {
      byte[] bytes = new byte[(int) Math.min(SAMPLE, channel.size())];
      FileBytes.read(channel, 0, bytes.length).get(bytes);
      return new Guessing(bytes, channel.size() > bytes.length, asked).guess();
    } catch (IOException e) {
      throw new CsvReadException(file, e);
    }
  }
}
