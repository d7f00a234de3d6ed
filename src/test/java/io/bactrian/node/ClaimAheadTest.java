package io.bactrian.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.batch.BatchWorkerContext;
import io.bactrian.step.StepContext;
import io.bactrian.step.StepState;
import io.bactrian.testing.BactrianTest;
import io.bactrian.testing.StepRun;
import io.bactrian.testing.TaskRun;
import io.bactrian.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.BindToRegistry;
import org.apache.camel.ExchangeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Short steps are claimed before a slot is free; none of them waits for a long one. */
@BactrianTest(settings = "bactrian.node.slots=1")
final class ClaimAheadTest {
  private static final int WORKERS = 60;
  private static final String TEMPLATE =
      """
      name: ahead
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 1, max_workers: 60}}
        - name: count
          type: batch_worker
          dependencies: [plan]
          handler: {callable: counter}
        - name: total
          type: deferred_convergence
          dependencies: [count]
          handler: {callable: "log:total", initialization: {fold: sums}}
      """;

  @TempDir private Path folder;

  @BindToRegistry final Counter counter = new Counter();

  /** Counts its records; the thirtieth call lasts until a waiting step has been given back. */
  public static final class Counter {
    private final AtomicInteger calls = new AtomicInteger();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean lastsLong;

    public Map<String, Object> count(
        List<Map<String, Object>> records, @ExchangeProperty("step") StepContext step)
        throws InterruptedException {
      if (lastsLong && calls.incrementAndGet() == WORKERS / 2) {
        boolean unused = over.await(2, TimeUnit.SECONDS);
      }
      return Map.of("rows", records.size(), "last", BatchWorkerContext.from(step).endPosition());
    }
  }

  @Test
  void shortStepsAreClaimedAndWrittenSeveralAtOnce(TestEngine engine) throws IOException {
    engine.template(TEMPLATE);

    TaskRun run = engine.runTask("demo/ahead", Map.of("csv_file_path", file()));

    run.isComplete().hasResult("rows", WORKERS);
    assertThat(transactions(engine, run, "claimed")).isLessThan(WORKERS);
    assertThat(transactions(engine, run, "handler answered")).isLessThan(WORKERS);
  }

  @Test
  void whatWaitsForALongStepIsGivenBackAndWasNoAttempt(TestEngine engine) throws IOException {
    counter.lastsLong = true;
    engine.template(TEMPLATE);

    TaskRun run = engine.runTask("demo/ahead", Map.of("csv_file_path", file()));

    run.isComplete().hasResult("rows", WORKERS);
    assertThat(transactions(engine, run, "no slot was free")).isPositive();
    assertThat(run.steps()).extracting(StepRun::state).containsOnly(StepState.COMPLETE);
    assertThat(run.steps()).extracting(StepRun::attempts).containsOnly(1);
  }

  private String file() throws IOException {
    return Files.writeString(
            folder.resolve("numbers.csv"),
            IntStream.range(0, WORKERS)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n", "n\n", "\n")))
        .toString();
  }

  /** In how many transactions steps of a run were moved for a reason. */
  private static int transactions(TestEngine engine, TaskRun run, String reason) {
    return JdbcClient.create(engine.dataSource())
        .sql(
            """
            select count(distinct t.xmin::text) from step_transitions t
            join workflow_steps s using (step_uuid)
            where s.task_uuid = :task and t.reason = :reason
            """)
        .param("task", run.uuid())
        .param("reason", reason)
        .query(Integer.class)
        .single();
  }
}
