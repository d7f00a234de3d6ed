package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Works one chunk off as the loop of a batch worker does, and checks every step of it. */
final class PartsInSteps {
  private static final int SOME = 1000;

  private final Plan plan;
  private final Range range;
  private final Chunk chunk;
  private final ChunkParts parts;
  private final Map<Long, String> file;
  private final Map<Long, String> done = new HashMap<>();
  private final Set<Long> aside = new HashSet<>();
  private final List<Integer> held = new ArrayList<>();
  private long ordinal;
  private long offset;
  private int before;

  PartsInSteps(Plan plan, Range range, Chunk chunk) {
    this.plan = plan;
    this.range = range;
    this.chunk = chunk;
    this.parts = new ChunkParts(chunk);
    this.file = file();
    this.ordinal = chunk.firstOrdinal();
    this.offset = chunk.startOffset();
  }

  /** A handler that finds some records bad; those with another number of fields are so anyway. */
  static final class Blames {
    private final Predicate<RecordView> isBad;
    private final Set<Long> ragged = new HashSet<>();
    private int calls;

    Blames(Predicate<RecordView> isBad) {
      this.isBad = isBad;
    }

    /** The bytes of each record of a part. */
    private Map<Long, String> handle(Chunk part) {
      calls++;
      var seen = new LinkedHashMap<Long, String>();
      try {
        for (RecordView view : part.views()) {
          if (isBad.test(view)) {
            throw view.bad("blamed");
          }
          seen.put(view.ordinal(), text(view.raw()));
        }
      } catch (BadRecord e) {
        if (!e.problem().equals("blamed")) {
          ragged.add(e.ordinal());
        }
        throw e;
      }
      return seen;
    }

    int calls() {
      return calls;
    }

    boolean isRagged(long ordinal) {
      return ragged.contains(ordinal);
    }
  }

  /** Works the chunk off; answers which records were set aside. */
  Set<Long> workOff(Blames handler) {
    while (!parts.isThrough()) {
      Chunk part = parts.next();
      parts.passed().stream().skip(before).toList().forEach(this::pass);
      try {
        Map<Long, String> seen = handler.handle(part);
        assertThat(part.firstOrdinal()).isEqualTo(ordinal);
        assertThat(part.startOffset()).isEqualTo(offset);
        assertThat(seen).hasSize(part.recordCount());
        done.putAll(seen);
        ordinal += part.recordCount();
        offset = part.endOffset();
        held.add(before);
        before = 0;
        checkResume(part.after());
      } catch (BadRecord bad) {
        parts.setAside(bad);
      }
    }
    assertThat(ordinal).isEqualTo(chunk.firstOrdinal() + chunk.recordCount());
    assertThat(offset).isEqualTo(chunk.endOffset());
    assertThat(done).as("each record once, as in the file").isEqualTo(file);
    return aside;
  }

  private void pass(ChunkParts.Passed passed) {
    BadRecord bad = passed.record();
    byte[] bytes = passed.bytes();
    assertThat(bad.ordinal()).isEqualTo(ordinal);
    assertThat(bad.offset()).isGreaterThanOrEqualTo(offset);
    assertThat(done.put(bad.ordinal(), text(bytes))).as("handled, too").isNull();
    assertThat(aside.add(bad.ordinal())).isTrue();
    ordinal = bad.ordinal() + 1;
    offset = bad.offset() + bytes.length;
    before++;
  }

  /** Whoever goes on from here reads all the rest, and the CRC of the range is right. */
  private void checkResume(Position at) {
    assertThat(at.ordinal()).isEqualTo(ordinal);
    assertThat(at.offset()).isEqualTo(offset);
    try (RangeReader resumed = RangeReader.resume(plan, range, at)) {
      long read = at.ordinal();
      for (Optional<Chunk> next = resumed.next(SOME, SOME);
          next.isPresent();
          next = resumed.next(SOME, SOME)) {
        assertThat(next.get().firstOrdinal()).isEqualTo(read);
        read += next.get().recordCount();
      }
      assertThat(read).isEqualTo(range.end());
    }
  }

  /** How many bad records stood before each part. */
  List<Integer> held() {
    return held;
  }

  /** The records of the chunk as a reader sees them that knows neither plan nor parts. */
  private Map<Long, String> file() {
    var all = new HashMap<Long, String>();
    var whole =
        new Range(
            chunk.firstOrdinal(),
            chunk.firstOrdinal() + chunk.recordCount(),
            chunk.startOffset(),
            chunk.endOffset());
    try (RangeReader reader = RangeReader.open(chunk.file(), chunk.dialect(), whole)) {
      for (Optional<Chunk> next = reader.next(SOME, Long.MAX_VALUE);
          next.isPresent();
          next = reader.next(SOME, Long.MAX_VALUE)) {
        next.get().views().forEach(view -> all.put(view.ordinal(), text(view.raw())));
      }
    }
    return all;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
