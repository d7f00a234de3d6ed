package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.store.Fact;
import io.bactrian.testing.BactrianTest;
import io.bactrian.testing.TaskRun;
import io.bactrian.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The last of three chunks: with effects in this database it commits by itself, without them with
 * the end of its step.
 */
@BactrianTest
final class LastChunkTest {
  private static final String TEMPLATE =
      """
      name: last
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 30, max_workers: 1}}
        - name: add
          type: batch_worker
          dependencies: [plan]
          checkpoint: {interval: 10}
          handler: {callable: adder}
        - name: total
          type: deferred_convergence
          dependencies: [add]
          handler: {callable: "log:total", initialization: {fold: sums}}
      """;

  private static final String POSITION =
      "select c.position from checkpoints c join workflow_steps s using (step_uuid)"
          + " where s.state = 'in_progress'";

  /** The end of the worker comes after that of the step that planned it. */
  private static final int WORKER = 2;

  @TempDir private Path folder;
  private final List<Integer> firsts = new ArrayList<>();

  @BeforeEach
  void createEffects(TestEngine engine) {
    JdbcClient.create(engine.dataSource())
        .sql("drop table if exists effects; create table effects (n int)")
        .update();
  }

  @Test
  void withEffectsItCommitsBeforeItsStep(TestEngine engine) throws IOException {
    var seen = new ArrayList<Long>();
    engine
        .template(TEMPLATE)
        .bind("adder", (Processor) e -> add(e, true))
        .atCommit(
            Fact.COMPLETE,
            WORKER,
            () -> {
              seen.add(count(engine, "select count(*) from effects"));
              seen.add(count(engine, POSITION));
              engine.kill();
            });

    TaskRun run = engine.runTask("demo/last", Map.of("csv_file_path", numbers()));

    assertThat(seen).as("effects, position").containsExactly(30L, 31L);
    run.isComplete().hasTakeovers(1).hasResult("sum", 465);
    assertThat(firsts).as("first records of chunks").containsExactly(1, 11, 21);
    assertThat(count(engine, "select count(*) from effects")).isEqualTo(30);
    assertThat(savedWithTheEnd(engine, run)).isZero();
  }

  @ParameterizedTest(name = "dead at {0}, the {1}th")
  @CsvSource({"CHECKPOINT, 3", "COMPLETE, 2"})
  void withoutThemNothingOfItIsThereBeforeItsStepEnds(Fact fact, int nth, TestEngine engine)
      throws IOException {
    var seen = new ArrayList<Long>();
    engine
        .template(TEMPLATE)
        .bind("adder", (Processor) e -> add(e, false))
        .atCommit(
            fact,
            nth,
            () -> {
              seen.add(count(engine, POSITION));
              engine.kill();
            });

    TaskRun run = engine.runTask("demo/last", Map.of("csv_file_path", numbers()));

    assertThat(seen).as("the position of the chunk before").containsExactly(21L);
    run.isComplete().hasTakeovers(1).hasResult("sum", 465).hasResult("rows", 30);
    assertThat(firsts).as("first records of chunks").containsExactly(1, 11, 21, 21);
    assertEnd(engine, run);
  }

  @ParameterizedTest(name = "dead after {0}, the {1}th")
  @CsvSource({"CHECKPOINT, 3", "COMPLETE, 2"})
  void withoutThemAllOfItIsThereWhenItsStepHasEnded(Fact fact, int nth, TestEngine engine)
      throws IOException {
    engine.template(TEMPLATE).bind("adder", (Processor) e -> add(e, false)).failAfter(fact, nth);

    TaskRun run = engine.runTask("demo/last", Map.of("csv_file_path", numbers()));

    run.isComplete().hasTakeovers(1).hasResult("sum", 465).hasResult("rows", 30);
    assertThat(firsts).as("first records of chunks").containsExactly(1, 11, 21);
    assertEnd(engine, run);
  }

  private static void assertEnd(TestEngine engine, TaskRun run) {
    assertThat(savedWithTheEnd(engine, run)).isOne();
    assertThat(
            JdbcClient.create(engine.dataSource())
                .sql(
                    "select c.position, records_read, records_written, records_filtered,"
                        + " records_rejected, partial ->> 'sum' as sum from checkpoints c"
                        + " join workflow_steps using (step_uuid) where task_uuid = :task")
                .param("task", run.uuid())
                .query()
                .singleRow())
        .hasToString(
            "{position=31, records_read=30, records_written=30, records_filtered=0,"
                + " records_rejected=0, sum=465}");
  }

  /** How many checkpoints were saved by the transaction that completed their steps. */
  private static long savedWithTheEnd(TestEngine engine, TaskRun run) {
    return count(
        engine,
        """
        select count(*) from checkpoints c
        join workflow_steps s using (step_uuid)
        join step_transitions t on t.step_uuid = c.step_uuid and t.to_state = 'complete'
        where s.task_uuid = '%s' and c.xmin = t.xmin
        """
            .formatted(run.uuid()));
  }

  private static long count(TestEngine engine, String sql) {
    return JdbcClient.create(engine.dataSource()).sql(sql).query(Long.class).single();
  }

  private void add(Exchange exchange, boolean writes) throws SQLException {
    List<Integer> numbers =
        ((List<?>) exchange.getMessage().getBody())
            .stream().map(record -> Integer.valueOf(((Map<?, ?>) record).get("n") + "")).toList();
    firsts.add(numbers.get(0));
    if (writes) {
      DataSource source =
          exchange.getContext().getRegistry().lookupByNameAndType("dataSource", DataSource.class);
      insert(Objects.requireNonNull(source), numbers);
    }
    exchange
        .getMessage()
        .setBody(Map.of("sum", numbers.stream().mapToInt(n -> n).sum(), "rows", numbers.size()));
  }

  private static void insert(DataSource source, List<Integer> numbers) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement insert = connection.prepareStatement("insert into effects values (?)")) {
      for (int n : numbers) {
        insert.setInt(1, n);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private Path numbers() throws IOException {
    return Files.writeString(
        folder.resolve("numbers.csv"),
        IntStream.rangeClosed(1, 30)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining("\n", "n\n", "\n")));
  }
}
