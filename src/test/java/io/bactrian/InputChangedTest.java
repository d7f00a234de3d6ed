package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.csv.Dialect;
import io.bactrian.csv.Plan;
import io.bactrian.csv.Planner;
import io.bactrian.csv.Range;
import io.bactrian.step.RetryableFailure;
import io.bactrian.step.StepState;
import io.bactrian.store.TestDatabase;
import io.bactrian.task.Step;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A planned file that somebody edits: no range completes with other bytes than the planned ones,
 * also where size and modification time say nothing.
 */
final class InputChangedTest {
  private static final int RECORDS = 6_000;
  private static final int CHUNK = 500;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private Path file = Path.of("input.csv");
  private Range second = new Range(1, 1, 0, 0, 0);

  @BeforeEach
  void planAFile() {
    cluster = new TestCluster(folder);
    var text = new StringBuilder("id,text\n");
    var random = new Random(11);
    for (int i = 1; i <= RECORDS; i++) {
      text.append(i).append(",\"").append("x".repeat(40 + random.nextInt(60))).append("\n\"\n");
    }
    file = cluster.file("input.csv", text.toString());
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    second = plan.ranges(1, 2).get(1);
    Scripted.define("disturb", call -> Map.of());
    Scripted.define("count", call -> Map.of("rows", call.records().size()));
    cluster.template(
        """
        name: held
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 1, max_workers: 2}}
          - name: disturb
            dependencies: [plan]
            handler: {callable: scripted, initialization: {script: disturb}}
          - name: work
            type: batch_worker
            dependencies: [plan, disturb]
            checkpoint: {interval: %d}
            handler: {callable: scripted, initialization: {script: count}}
        """
            .formatted(CHUNK));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void anEditInPlaceBeforeARangeIsReadFailsItForGood() {
    Scripted.define("disturb", call -> Map.of("at", edit(middle(second))));
    UUID task = submit();

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.step(task, "work_001").state()).isEqualTo(StepState.COMPLETE);
    theSecondRangeFailed(task);
  }

  @Test
  void anEditInPlaceWhileARangeIsReadFailsItForGood() {
    var calls = new AtomicInteger();
    Scripted.define(
        "count",
        call -> {
          if (isSecondChunk(call)) {
            calls.incrementAndGet();
            edit(middle(second));
          }
          return Map.of("rows", call.records().size());
        });
    UUID task = submit();

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(calls).hasValue(1);
    theSecondRangeFailed(task);
  }

  @Test
  void anEditInPlaceBetweenAStopAndAResumeIsFound() {
    UUID task = stoppedInTheSecondRange();
    edit(middle(second));
    Cli.Outcome resumed = resume(task);

    assertThat(resumed.exit()).isEqualTo(1);
    assertThat(resumed.err()).contains(changed());
  }

  @Test
  void aResumeIsRefusedAndSaysWhatHasChanged() throws IOException {
    UUID task = stoppedInTheSecondRange();
    long size = Files.size(file);
    Files.writeString(file, Files.readString(file) + "6001,\"more\"\n");
    Cli.Outcome resumed = resume(task);

    assertThat(resumed.exit()).isEqualTo(1);
    assertThat(resumed.err())
        .contains(
            "input changed since it was planned: its size was %d bytes and is %d, its last 64 KiB have changed; allowed: the planned file. Submit a new task for the new content"
                .formatted(size, size + 12));
    assertThat(cluster.count("select coalesce(sum(records_read), 0) from checkpoints"))
        .as("no record of the other file was processed")
        .isEqualTo(RECORDS / 2 + CHUNK);
  }

  private void theSecondRangeFailed(UUID task) {
    Step step = cluster.step(task, "work_002");
    assertThat(step.state()).isEqualTo(StepState.ERROR);
    assertThat(cluster.attempts(step.uuid()))
        .as("no second attempt")
        .singleElement()
        .asString()
        .contains(changed());
    assertThat(cluster.count("select coalesce(sum(records_read), 0) from checkpoints"))
        .as("the last chunk of the range has not committed")
        .isEqualTo(RECORDS - CHUNK);
  }

  /** What must be said of the second range: its records, its bytes, both checksums. */
  private String changed() {
    return "input changed since it was planned: the CRC-32 of records [%d, %d), bytes [%d, %d), was %08x and is %08x; allowed: the planned file"
        .formatted(
            second.start(),
            second.end(),
            second.startOffset(),
            second.endOffset(),
            second.crc(),
            crc());
  }

  private long crc() {
    try {
      var crc = new CRC32();
      int length = (int) (second.endOffset() - second.startOffset());
      crc.update(Files.readAllBytes(file), (int) second.startOffset(), length);
      return crc.getValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long middle(Range range) {
    return (range.startOffset() + range.endOffset()) / 2;
  }

  private boolean isSecondChunk(Scripted.Call call) {
    long first = Long.parseLong(String.valueOf(call.records().get(0).get("id")));
    return first == second.start() + CHUNK;
  }

  /** Makes the first x at or after a place a y; size and modification time stay. */
  private long edit(long from) {
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      FileTime modified = Files.getLastModifiedTime(file);
      bytes.seek(from);
      while (bytes.read() != 'x') {
        assertThat(bytes.getFilePointer()).isLessThan(bytes.length());
      }
      bytes.seek(bytes.getFilePointer() - 1);
      bytes.write('y');
      Files.setLastModifiedTime(file, modified);
      return bytes.getFilePointer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private UUID submit() {
    cluster.serve("bactrian.lease.ttl=6s");
    return cluster.submit("demo/held", Map.of("csv_file_path", file.toString()));
  }

  /** A task whose second range has one chunk done and waits for a retry that no node will do. */
  private UUID stoppedInTheSecondRange() {
    Scripted.define(
        "count",
        call -> {
          if (isSecondChunk(call)) {
            throw new RetryableFailure("not now", Duration.ofSeconds(30));
          }
          return Map.of("rows", call.records().size());
        });
    UUID task = submit();
    await()
        .atMost(TestCluster.LONG)
        .until(
            () ->
                cluster.count("select count(*) from tasks where state = 'waiting_for_retry'") == 1);
    cluster.close();
    Scripted.define("count", call -> Map.of("rows", call.records().size()));
    cluster.shift("61 seconds");
    return task;
  }

  private Cli.Outcome resume(UUID task) {
    return new Cli(folder.resolve("home"))
        .set("bactrian.database.url", TestDatabase.url(cluster.address))
        .set("bactrian.templates.dir", folder.resolve("templates").toString())
        .set("bactrian.routes.dir", folder.resolve("routes").toString())
        .run("resume", task.toString());
  }
}
