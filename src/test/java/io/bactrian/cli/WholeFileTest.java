package io.bactrian.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is there as a whole or not at all. */
final class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void whatBreaksOffLeavesTheOldFileAndNothingBesideIt() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.csv"), "old");
    InputStream breaking = new SequenceInputStream(bytes("half"), new Broken());

    assertThatThrownBy(() -> WholeFile.write(file, breaking))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("kept.csv cannot be written", "the line is cut");

    assertThat(file).hasContent("old");
    assertThat(files()).containsExactly("kept.csv");
  }

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.csv"), "something longer");

    assertThat(WholeFile.write(file, bytes("new"))).isEqualTo(3);

    assertThat(file).hasContent("new");
    assertThat(files()).containsExactly("kept.csv");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the line is cut");
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      return read();
    }
  }

  private String[] files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).toArray(String[]::new);
    }
  }
}
