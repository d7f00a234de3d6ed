package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is true of a chunk whatever its handler does with its records. */
final class ChunkTest {
  private static final byte[] BYTES =
      "a,1\né€😀é€😀é€😀é€😀é€😀,2\nb,3\n".getBytes(StandardCharsets.UTF_8);

  @Test
  void aHandlerMayStopWhereverAWindowEnds() {
    for (int block = 1; block <= BYTES.length; block++) {
      for (int taken = 0; taken <= 3; taken++) {
        Chunk chunk = chunk(block);
        var records = chunk.views().iterator();
        for (int i = 0; i < taken; i++) {
          records.next();
        }

        assertThat(chunk.after())
            .as("%d records taken, windows of %d bytes", taken, block)
            .isEqualTo(new Position(4, BYTES.length, Crc.of(BYTES, 0, BYTES.length)));
      }
    }
  }

  private static Chunk chunk(int block) {
    Dialect dialect = Dialect.fromMap(Map.of("header", false));
    var file = Path.of("bytes.csv");
    var channel = new MemoryChannel(BYTES);
    var window = new ChunkWindow(channel, dialect, block);
    var view = new RecordView(file, dialect, List.of(), false, window);
    var range = new Range(1, 4, 0, BYTES.length, Crc.of(BYTES, 0, BYTES.length));
    var source = new Chunk.Source(file, dialect, List.of(), range, channel, window, view);
    return new Chunk(source, Position.startOf(range), 3, BYTES.length);
  }
}
