package io.bactrian.csv;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no file, or not the whole one, is told at once. */
final class UnreadableFileTest {
  @TempDir private Path folder;

  @Test
  void aPipeIsRefusedInsteadOfWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();

    assertTimeoutPreemptively(ofSeconds(20), () -> assertRefused(pipe, "is no regular file"));
  }

  @Test
  void aDeviceIsRefused() {
    assertRefused(Path.of("/dev/zero"), "/dev/zero is no regular file");
  }

  @Test
  void anEmptyNameIsNotTheFolderOfTheProcess() {
    assertRefused(Path.of(""), "the name of the file is empty");
  }

  @Test
  void aLinkToItselfIsToldWithoutItsNameTwice() throws IOException {
    Path loop = folder.resolve("loop");
    Files.createSymbolicLink(loop, loop);

    assertFails(loop, CsvReadException.class, "loop cannot be read: Too many levels");
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b0808, compressed with gzip, gunzip -k FILE",
    "504b0304, a zip archive or a workbook such as xlsx, save the sheet as CSV",
    "fd377a585a00, compressed with xz, unxz -k FILE",
    "28b52ffd, compressed with zstd, unzstd FILE",
    "425a6831314159265359, compressed with bzip2, bunzip2 -k FILE",
    "425a6839314159265359, compressed with bzip2, bunzip2 -k FILE",
    "fffe61002c00, text in UTF-16, iconv -f UTF-16 -t UTF-8 FILE",
    "feff0061002c, text in UTF-16, iconv -f UTF-16 -t UTF-8 FILE",
    "fffe000061000000, text in UTF-32, iconv -f UTF-32 -t UTF-8 FILE",
    "0000feff00000061, text in UTF-32, iconv -f UTF-32 -t UTF-8 FILE"
  })
  void whatIsNoTextIsToldWithWhatMakesTextOfIt(String begin, String kind, String remedy)
      throws IOException {
    Path file = Files.write(folder.resolve("data"), HexFormat.of().parseHex(begin));

    assertRefused(file, "data looks like " + kind + "; allowed: plain text");
    assertRefused(file, remedy);
  }

  @Test
  void aTextThatOnlyBeginsAlikeIsRead() throws IOException {
    Path file = Files.writeString(folder.resolve("data"), "BZh9,PK\n1,2\n");

    assertThat(Planner.plan(file, Dialect.rfc4180()).header()).containsExactly("BZh9", "PK");
  }

  private static void assertRefused(Path file, String why) {
    assertFails(file, CsvException.class, why);
  }

  private static void assertFails(Path file, Class<? extends RuntimeException> how, String why) {
    assertThatThrownBy(() -> Planner.plan(file, Dialect.rfc4180()))
        .isInstanceOf(how)
        .hasMessageContaining(why);
    assertThatThrownBy(
            () -> CsvFile.forEach(file, Dialect.rfc4180(), 0, Long.MAX_VALUE, found -> {}))
        .isInstanceOf(how)
        .hasMessageContaining(why);
  }

  @Test
  void aFileWithoutASizeIsNotPlannedAsAnEmptyOne() throws IOException {
    byte[] bytes = "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("listing"), bytes);
    FileChannel channel = new MemoryChannel(bytes, position -> {}, 0);

    assertThatThrownBy(() -> Planner.plan(file, Dialect.rfc4180(), channel, 64, 1))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("it goes on after its 0 bytes");
  }

  @Test
  void aFileThatShrinksWhileItIsReadGivesNoZeros() throws IOException {
    Path file = Files.writeString(folder.resolve("shrinks.csv"), "a,b\n1,2\n3,4\n");
    var range = new Range(1, 3, 4, Long.MAX_VALUE);
    try (RangeReader reader = RangeReader.open(file, Dialect.rfc4180(), range)) {
      Chunk chunk = reader.next(2, 1 << 20).orElseThrow();
      Files.writeString(file, "a,b\n1,2\n");

      assertThatThrownBy(chunk::records)
          .isInstanceOf(CsvException.class)
          .hasMessageContaining("input changed");
    }
  }
}
