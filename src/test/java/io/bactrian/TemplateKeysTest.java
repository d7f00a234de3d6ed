package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys of a template do to a running task. */
final class TemplateKeysTest {
  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));

  /** What a handler may ask for its records as. */
  public record Item(String name, int pieces) {}

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    "maps, java.util.Map",
    "views, io.bactrian.csv.RecordView",
    "io.bactrian.TemplateKeysTest$Item, io.bactrian.TemplateKeysTest$Item"
  })
  void rowsSaysInWhichFormAHandlerGetsItsRecords(String rows, Class<?> expected) {
    Set<Object> seen = ConcurrentHashMap.newKeySet();
    Scripted.define(
        "look",
        call -> {
          ((Iterable<?>) call.body()).forEach(record -> seen.add(expected.isInstance(record)));
          return Map.of("rows", 1);
        });
    UUID task = runFile("rows: " + rows, "name,pieces\nbear,2\nhammer,3\n");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(seen).containsExactly(true);
  }

  @Test
  void aBadRowFailsItsStepAndIsNamed() {
    Scripted.define("look", call -> Map.of("rows", 1));
    UUID task = runFile("on_bad_row: fail", "name,pieces\nbear,2\nhammer\n");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.attempts(cluster.step(task, "work_001").uuid()))
        .as("a bad row is as bad the next time")
        .singleElement()
        .asString()
        .startsWith("1 failed")
        .contains("record 2");
  }

  @Test
  void aStepThatIsNotRetryableHasOneAttempt() {
    failing("retry: {retryable: false, max_attempts: 5}");
    UUID task = cluster.submit("demo/one", Map.of());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(cluster.step(task, "only").attempts()).isEqualTo(1);
  }

  @Test
  void theMultiplierOfTheLifecycleIsThatOfTheDelays() {
    failing("lifecycle: {backoff_multiplier: 40, max_retries: 2}, retry: {backoff_base_ms: 50}");
    UUID task = cluster.submit("demo/one", Map.of());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(
            cluster.count(
                "select cast(1000 * extract(epoch from c.started_at - b.ended_at) as bigint)"
                    + " from step_attempts b join step_attempts c using (step_uuid)"
                    + " where b.attempt = 2 and c.attempt = 3"))
        .as("50 ms times 40, less 15 % at most; with the default it were 100 ms")
        .isGreaterThanOrEqualTo(1_700);
  }

  @Test
  void dependsOnRetryAndTheEnvironmentMeanWhatTheySay() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    Scripted.define(
        "note",
        call -> {
          order.add(call.step().step() + " " + call.step().inputs().get("size"));
          if (call.step().step().equals("first") && call.step().attempt() < 3) {
            throw new IllegalStateException("not yet");
          }
          return Map.of();
        });
    cluster.template(
        """
        name: three
        namespace_name: demo
        version: "1"
        steps:
          - name: last
            depends_on: [first]
            handler: {callable: scripted, initialization: {script: note, size: 1}}
          - name: first
            retry: {max_attempts: 1, backoff_base_ms: 1}
            handler: {callable: scripted, initialization: {script: note, size: 1}}
        environments:
          large:
            steps:
              - {name: first, retry: {max_attempts: 3}, handler: {initialization: {size: 9}}}
        """);
    cluster.serve("bactrian.environment=large");
    UUID task = cluster.submit("demo/three", Map.of());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(order).containsExactly("first 9", "first 9", "first 9", "last 1");
  }

  private void failing(String keys) {
    Scripted.define(
        "one",
        call -> {
          if (call.step().attempt() < 3) {
            throw new IllegalStateException("not yet");
          }
          return Map.of();
        });
    cluster.template(one(keys));
    cluster.serve();
  }

  private static String one(String keys) {
    return """
        name: one
        namespace_name: demo
        version: "1"
        steps:
          - {name: only, handler: {callable: scripted, initialization: {script: one}}, %s}
        """
        .formatted(keys);
  }

  private UUID runFile(String key, String csv) {
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {max_workers: 1}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            %s
            handler: {callable: scripted, initialization: {script: look}}
        """
            .formatted(key));
    cluster.serve();
    Path file = cluster.file("input.csv", csv);
    return cluster.submit("demo/file", Map.of("csv_file_path", file.toString()));
  }
}
