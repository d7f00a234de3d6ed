package io.bactrian.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.Division;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.task.Page;
import io.bactrian.task.RejectFile;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.RejectingStep;
import io.bactrian.task.StepNotNamed;
import io.bactrian.task.UnknownTarget;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that workers have set aside: page by page, and as a file. */
final class RejectReadsTest {
  private static final Page.Cut ALL = new Page.Cut(1, 1000);
  private static final Dialect SEMICOLONS =
      Dialect.fromMap(Map.of("delimiter", ";", "charset", "ISO-8859-1"));

  @TempDir private Path folder;
  private final TestControlPlane plane = new TestControlPlane();
  private final RejectReads rejects = new RejectReads(plane.database);
  private final UUID task = plane.submit();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void recordsComeInBatchOrderWhateverTheNamesOfTheWorkers() throws IOException {
    plan(Dialect.rfc4180(), 12);
    reject("work_11", 90, "k\n");
    reject("work_2", 9, "b\n");
    reject("work_2", 8, "a\n");

    Page<RejectedRecord> page = rejects.page(task, Optional.empty(), ALL);

    assertThat(page.total()).isEqualTo(3);
    assertThat(page.items()).extracting(RejectedRecord::ordinal).containsExactly(8L, 9L, 90L);
    RejectedRecord first = page.items().get(0);
    assertThat(first.step()).isEqualTo("work_2");
    assertThat(first.templateStep()).isEqualTo("work");
    assertThat(first.byteOffset()).isEqualTo(80);
    assertThat(first.reason()).isEqualTo("record 8 is bad");
    assertThat(rejects.steps(task))
        .containsExactly(new RejectingStep("work", 3, List.of("a", "b")));
  }

  @Test
  void aPageIsACutOfAllOrOfOneStep() throws IOException {
    plan(Dialect.rfc4180(), 3);
    IntStream.rangeClosed(1, 9).forEach(i -> reject("work_" + (1 + (i - 1) / 3), i, i + "\n"));

    assertThat(ordinals(Optional.empty(), new Page.Cut(2, 4))).containsExactly(5L, 6L, 7L, 8L);
    assertThat(ordinals(Optional.of("work"), new Page.Cut(3, 4))).containsExactly(9L);
    assertThat(ordinals(Optional.of("work_2"), ALL)).containsExactly(4L, 5L, 6L);
    assertThat(rejects.page(task, Optional.of("work_2"), new Page.Cut(1, 1)).total()).isEqualTo(3);
    assertThat(ordinals(Optional.of("plan"), ALL)).isEmpty();
    assertThatThrownBy(() -> ordinals(Optional.of("none"), ALL))
        .isInstanceOf(UnknownTarget.class)
        .hasMessageContaining("has no step none");
  }

  private List<Long> ordinals(Optional<String> step, Page.Cut cut) {
    return rejects.page(task, step, cut).items().stream().map(RejectedRecord::ordinal).toList();
  }

  @Test
  void aRecordIsShownInTheCharsetOfItsFileAndExactly() throws IOException {
    plan(SEMICOLONS, 1);
    reject("work_1", 1, "é;ü\n", ISO_8859_1);

    RejectedRecord.Content content =
        rejects.page(task, Optional.empty(), ALL).items().get(0).content();

    assertThat(content.text()).isEqualTo("é;ü\n");
    assertThat(Base64.getDecoder().decode(content.base64()))
        .isEqualTo("é;ü\n".getBytes(ISO_8859_1));
    assertThat(content.length()).isEqualTo(4);
  }

  @Test
  void ofALongRecordAPageShowsTheBeginningAndTheFileAll() throws IOException {
    plan(Dialect.rfc4180(), 1);
    String record = "x".repeat(RejectedRecord.MOST_BYTES + 5) + "\n";
    reject("work_1", 1, record);

    RejectedRecord.Content content =
        rejects.page(task, Optional.empty(), ALL).items().get(0).content();

    assertThat(content.text()).hasSize(RejectedRecord.MOST_BYTES);
    assertThat(content.length()).isEqualTo(record.length());
    assertThat(file(Optional.empty(), UTF_8)).isEqualTo("a,b\n" + record);
  }

  @Test
  void theFileHasTheHeaderOfThePlannedFileInItsDialect() throws IOException {
    plan(SEMICOLONS, 2);
    reject("work_2", 7, "ü;\"\"x\r\n", ISO_8859_1);
    reject("work_1", 3, "é\r\n", ISO_8859_1);

    assertThat(file(Optional.empty(), ISO_8859_1)).isEqualTo("a;b\r\né\r\nü;\"\"x\r\n");
    assertThat(file(Optional.of("work_2"), ISO_8859_1)).isEqualTo("a;b\r\nü;\"\"x\r\n");
    try (RejectFile file = rejects.file(task, Optional.empty())) {
      assertThat(file.name()).isEqualTo("rejects-%s-work.csv".formatted(task));
    }
  }

  @Test
  void aFileOfManyRecordsAndOfLongOnesIsReadPieceByPiece() throws IOException {
    plan(Dialect.rfc4180(), 3);
    StringBuilder expected = new StringBuilder("a,b\n");
    for (int i = 1; i <= 3; i++) {
      insertMany("work_" + i, 10_000L * i + 1, 10_000L * i + 2_500);
      IntStream.rangeClosed(10_000 * i + 1, 10_000 * i + 2_500)
          .forEach(n -> expected.append("record ").append(n).append('\n'));
    }
    for (int i = 1; i <= 5; i++) {
      String record = String.valueOf(i).repeat(900_000) + "\n";
      reject("work_3", 50_000 + i, record);
      expected.append(record);
    }

    assertThat(file(Optional.empty(), UTF_8)).isEqualTo(expected.toString());
  }

  @Test
  void eachOfSeveralStepsHasAFileOfItsOwn() throws IOException {
    plan(Dialect.rfc4180(), 2);
    reject("work_1", 1, "1\n");
    reject("work_2", 2, "2\n");
    plane
        .sql
        .sql("update workflow_steps set template_step = 'more', position = 2 where name = 'work_2'")
        .update();

    assertThat(rejects.steps(task)).extracting(RejectingStep::name).containsExactly("work", "more");
    assertThatThrownBy(() -> rejects.file(task, Optional.empty()))
        .isInstanceOf(StepNotNamed.class)
        .hasMessageContaining("name one of: work, more");
    assertThat(file(Optional.of("more"), UTF_8)).isEqualTo("a,b\n2\n");
  }

  @Test
  void withoutRejectsThereIsAnEmptyPageAndNoFile() throws IOException {
    plan(Dialect.rfc4180(), 2);

    assertThat(rejects.page(task, Optional.empty(), ALL).items()).isEmpty();
    assertThat(rejects.steps(task)).isEmpty();
    for (Optional<String> step : List.of(Optional.<String>empty(), Optional.of("work"))) {
      assertThatThrownBy(() -> rejects.file(task, step))
          .isInstanceOf(UnknownTarget.class)
          .hasMessageContaining("no rejected records");
    }
  }

  /** A task whose workers read a planned file. */
  private void plan(Dialect dialect, int workers) throws IOException {
    String header = "a%cb\n".formatted((char) dialect.delimiter());
    Path file = Files.writeString(folder.resolve("planned.csv"), header + "1\n2\n");
    Plan plan = Planner.plan(file, dialect);
    StepLease batchable = plane.claimOne();
    new PlanTable(plane.database).keep(batchable.stepUuid(), new Division(plan, plan.ranges(1, 1)));
    NewWorkers made = TestControlPlane.workers(workers);
    plane.outcomes.complete(batchable, Map.of(), made);
  }

  private void reject(String worker, long ordinal, String record) {
    reject(worker, ordinal, record, UTF_8);
  }

  private void reject(String worker, long ordinal, String record, Charset charset) {
    plane
        .sql
        .sql(
            """
            insert into rejects (step_uuid, ordinal, byte_offset, record, reason)
            select step_uuid, :ordinal, 10 * :ordinal, :record, 'record ' || :ordinal || ' is bad'
            from workflow_steps where name = :worker
            """)
        .param("worker", worker)
        .param("ordinal", ordinal)
        .param("record", record.getBytes(charset))
        .update();
  }

  private void insertMany(String worker, long first, long last) {
    plane
        .sql
        .sql(
            """
            insert into rejects (step_uuid, ordinal, byte_offset, record, reason)
            select step_uuid, n, n, convert_to('record ' || n || e'\\n', 'UTF8'), 'bad'
            from workflow_steps cross join generate_series(cast(:first as bigint), :last) as n
            where name = :worker
            """)
        .param("worker", worker)
        .param("first", first)
        .param("last", last)
        .update();
  }

  private String file(Optional<String> step, Charset charset) throws IOException {
    try (RejectFile file = rejects.file(task, step)) {
      return new String(file.content().readAllBytes(), charset);
    }
  }
}
