package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A planned file that the node does not see when its workers run. */
final class InputNotVisibleTest {
  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private Path file = Path.of("input.csv");

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
    file = cluster.file("input.csv", "item\na\nb\nc\n");
    Scripted.define("count", call -> Map.of("rows", call.records().size()));
    cluster.template(
        """
        name: seen
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {batch_size: 9, max_workers: 1}}
          - name: disturb
            dependencies: [plan]
            handler: {callable: scripted, initialization: {script: disturb}}
          - name: work
            type: batch_worker
            dependencies: [plan, disturb]
            handler: {callable: scripted, initialization: {script: count}}
        """);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void theStepIsGivenBackWithoutAnAttemptAndDoneWhenTheFileIsBack() throws Exception {
    Path hidden = folder.resolve("hidden.csv");
    Scripted.define("disturb", call -> Map.of("to", Files.move(file, hidden).toString()));
    UUID task = submit();
    awaitGivenBack();
    Files.move(hidden, file);
    cluster.shift("61 seconds");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.step(task, "work_001").attempts()).isEqualTo(1);
  }

  @Test
  void afterTheWaitTheStepFailsAndSaysWhoWasAsked() {
    Scripted.define("disturb", call -> Map.of("gone", Files.deleteIfExists(file)));
    UUID task = submit();
    awaitGivenBack();
    cluster.shift("61 seconds");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.attempts(cluster.step(task, "work_001").uuid()))
        .last()
        .asString()
        .startsWith("1 failed no node sees the input of this step; asked: ")
        .contains("(node ", "input.csv does not exist");
  }

  @Test
  void anotherFileOfTheSameNameIsNotTakenForThePlannedOne() {
    Scripted.define(
        "disturb", call -> Map.of("file", cluster.file("input.csv", "item\na\nb\nX\n").toString()));
    UUID task = submit();
    awaitGivenBack();
    cluster.shift("61 seconds");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.attempts(cluster.step(task, "work_001").uuid()))
        .last()
        .asString()
        .contains("have changed");
  }

  private UUID submit() {
    cluster.serve("bactrian.lease.ttl=3s");
    return cluster.submit("demo/seen", Map.of("csv_file_path", file.toString()));
  }

  private void awaitGivenBack() {
    await()
        .atMost(TestCluster.LONG)
        .until(
            () ->
                cluster.count(
                        "select count(*) from step_transitions where reason like 'input not visible here: %'")
                    == 1);
  }
}
