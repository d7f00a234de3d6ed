package io.bactrian.csv;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a file is that is no delimited text, told by its first bytes.
 *
 * @param first pattern of the bytes it begins with, in hexadecimal digits
 * @param kind what such a file is
 * @param remedy what makes text of it
 */
record NotText(Pattern first, String kind, String remedy) {
  private static final int LONGEST = 10;
  private static final String CONVERT = "convert it: iconv -f %s -t UTF-8 FILE > NEW";

  /** The first that fits counts: the mark of UTF-32 begins as that of UTF-16 does. */
  private static final List<NotText> KINDS =
      List.of(
          new NotText("1f8b", "compressed with gzip", "unpack it: gunzip -k FILE"),
          new NotText(
              "504b0304",
              "a zip archive or a workbook such as xlsx",
              "unpack it: unzip FILE; or save the sheet as CSV"),
          new NotText("fd377a585a00", "compressed with xz", "unpack it: unxz -k FILE"),
          new NotText("28b52ffd", "compressed with zstd", "unpack it: unzstd FILE"),
          new NotText(
              "425a683[1-9]314159265359", "compressed with bzip2", "unpack it: bunzip2 -k FILE"),
          new NotText("fffe0000", "text in UTF-32", CONVERT.formatted("UTF-32")),
          new NotText("0000feff", "text in UTF-32", CONVERT.formatted("UTF-32")),
          new NotText("fffe", "text in UTF-16", CONVERT.formatted("UTF-16")),
          new NotText("feff", "text in UTF-16", CONVERT.formatted("UTF-16")));

  NotText(String first, String kind, String remedy) {
    this(Pattern.compile(first), kind, remedy);
  }

  /**
   * Looks at the begin of a file.
   *
   * @throws CsvException if it begins as one that is no text
   */
  static void check(Path file, FileChannel channel) throws IOException {
    ByteBuffer bytes = FileBytes.read(channel, 0, LONGEST);
    var first = new byte[bytes.remaining()];
    bytes.get(first);
    String begin = HexFormat.of().formatHex(first);
    for (NotText kind : KINDS) {
      if (kind.first.matcher(begin).lookingAt()) {
        throw new CsvException(
            "%s looks like %s; allowed: plain text in one of the charsets %s. To go on, %s"
                .formatted(file, kind.kind, Dialect.CHARSETS, kind.remedy));
      }
    }
  }
}
