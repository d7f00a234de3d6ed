package io.bactrian.testing;

import static io.bactrian.store.Fact.CHECKPOINT;
import static io.bactrian.store.Fact.COMPLETE;
import static io.bactrian.store.Fact.CREATE_TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.StepContext;
import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.BindToRegistry;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the test kit offers to people who write routes. */
@BactrianTest
final class BactrianTestTest {
  private static final String FLAKY =
      """
      name: flaky
      namespace_name: demo
      version: "1"
      steps:
        - {name: work, retry: {max_attempts: 3, backoff_base_ms: 30000}, handler: {callable: twice}}
      """;

  private static final String SUM =
      """
      name: sum
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 3000, max_workers: 2}}
        - name: add
          type: batch_worker
          dependencies: [plan]
          handler: {callable: adder}
        - name: total
          type: deferred_convergence
          dependencies: [add]
          handler: {callable: "log:total", initialization: {fold: sums}}
      """;

  @TempDir private Path folder;

  @BindToRegistry("twice")
  final FailsTwice twice = new FailsTwice();

  @BindToRegistry final Adder adder = new Adder();

  /** Fails at its first two calls. */
  public static final class FailsTwice {
    private final AtomicInteger calls = new AtomicInteger();

    public Map<String, Object> work(@ExchangeProperty("step") StepContext step) {
      if (calls.incrementAndGet() < 3) {
        throw new IllegalStateException("not yet");
      }
      return Map.of("attempt", step.attempt());
    }
  }

  /** Adds the numbers of a chunk. */
  public static final class Adder {
    public Map<String, Object> add(List<Map<String, Object>> records) {
      long sum =
          records.stream()
              .mapToLong(record -> Long.parseLong(String.valueOf(record.get("n"))))
              .sum();
      return Map.of("sum", sum, "rows", records.size());
    }
  }

  @Test
  void retriesAreDueAtOnceBecauseTheClockMoves(TestEngine engine) {
    engine.template(FLAKY);

    TaskRun run = engine.runTask("demo/flaky", Map.of());

    run.isComplete().hasResult("attempt", 3);
    run.step("work")
        .hasAttempts(3)
        .wentThrough(
            StepState.PENDING,
            StepState.ENQUEUED,
            StepState.IN_PROGRESS,
            StepState.WAITING_FOR_RETRY,
            StepState.ENQUEUED,
            StepState.IN_PROGRESS,
            StepState.WAITING_FOR_RETRY,
            StepState.ENQUEUED,
            StepState.IN_PROGRESS,
            StepState.COMPLETE);
    assertThat(run.states()).endsWith("complete").contains("waiting_for_retry");
  }

  @Test
  void aNodeThatDiesAtACheckpointIsTakenOverFrom(TestEngine engine) throws IOException {
    engine.template(SUM).failAt(CHECKPOINT, 2);

    TaskRun run = engine.runTask("demo/sum", Map.of("csv_file_path", numbers(6000)));

    run.isComplete()
        .hasTakeovers(1)
        .hasResult("sum", 18_003_000)
        .hasResult("rows", 6000)
        .equalsSerialRun();
    assertThat(run.step("add_001").hasAttempts(1).transitions())
        .anyMatch(t -> t.reason().equals("lease lost"));
  }

  @Test
  void aNodeThatDiesRightAfterACommitHasCommitted(TestEngine engine) throws IOException {
    engine.template(SUM).failAfter(CREATE_TASK, 1).failAfter(COMPLETE, 1).failAt(COMPLETE, 3);

    engine
        .runTask("demo/sum", Map.of("csv_file_path", numbers(6000)))
        .isComplete()
        .hasTakeovers(3)
        .hasResult("sum", 18_003_000)
        .equalsSerialRun();
  }

  @Test
  void aRouteIsReplaced(TestEngine engine) {
    engine
        .routes(
            """
            - route:
                id: callApi
                from:
                  uri: direct:call-api
                  steps:
                    - to:
                        uri: "direct:a-server-that-is-not-here"
            """)
        .template(
            """
            name: api
            namespace_name: demo
            version: "1"
            steps:
              - {name: call, handler: {callable: callApi}}
            """)
        .replaceRoute("callApi", e -> e.getMessage().setBody(Map.of("answer", 42)));

    engine.runTask("demo/api", Map.of()).isComplete().hasResult("answer", 42);
  }

  @Test
  void aFailureTellsStepAndError(TestEngine engine) {
    engine.bind("twice", new Adder()).template(FLAKY.replace("max_attempts: 3", "max_attempts: 1"));

    TaskRun run = engine.runTask("demo/flaky", Map.of());

    run.isInState(TaskState.BLOCKED_BY_FAILURES);
    assertThatThrownBy(run::isComplete)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("work error after 1 attempts: ")
        .hasMessageNotContaining("not yet");
  }

  @Test
  void aRouteThatIsNotThereCannotBeReplaced(TestEngine engine) {
    engine.template(FLAKY).replaceRoute("twice", e -> {});
    assertThatThrownBy(() -> engine.runTask("demo/flaky", Map.of()))
        .hasMessageContaining("there is no route twice to replace");
  }

  @Test
  void handlersWriteWhereTheTestReads(TestEngine engine) throws Exception {
    try (Connection connection = engine.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create table seen (n int)");
      engine
          .template(FLAKY)
          .bind(
              "twice",
              (Processor)
                  e -> {
                    DataSource source =
                        e.getContext()
                            .getRegistry()
                            .lookupByNameAndType("dataSource", DataSource.class);
                    JdbcClient.create(source).sql("insert into seen values (7)").update();
                  });
      engine.runTask("demo/flaky", Map.of()).isComplete();
      try (ResultSet row = statement.executeQuery("select n from seen")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getInt(1)).isEqualTo(7);
      }
    }
  }

  @Test
  void anUnknownTemplateIsAnErrorThatNamesTheKnown(TestEngine engine) {
    engine.template(FLAKY);
    assertThatThrownBy(() -> engine.submit("demo/flacky", Map.of()))
        .hasMessageContaining("demo/flaky@1");
  }

  private Path numbers(int count) throws IOException {
    return Files.writeString(
        folder.resolve("numbers.csv"),
        IntStream.rangeClosed(1, count)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("\n", "n\n", "\n")));
  }
}
