package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be set aside; that all else is, {@link ChunkPartsProperties} shows. */
final class ChunkPartsTest {
  @TempDir private Path folder;

  @Test
  void onlyARecordOfThePresentPartIsSetAside() throws IOException {
    Path file = folder.resolve("n.csv");
    Files.writeString(file, "n\n1\n2\n3\n4\n");
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    try (RangeReader reader = RangeReader.open(plan, plan.range(1, 5))) {
      var parts = new ChunkParts(reader.next(3, 1_000).orElseThrow());
      Chunk part = parts.next();
      BadRecord behind = new BadRecord(file, 4, 8, "it is in the next chunk");
      BadRecord elsewhere = new BadRecord(folder.resolve("other.csv"), 2, 4, "another file's");

      assertThatThrownBy(() -> parts.setAside(behind)).isSameAs(behind);
      assertThatThrownBy(() -> parts.setAside(elsewhere)).isSameAs(elsewhere);
      parts.setAside(part.bad(1, "this one is"));
      assertThatThrownBy(() -> parts.setAside(part.bad(0, "nothing is in work now")))
          .isInstanceOf(BadRecord.class);
    }
  }
}
