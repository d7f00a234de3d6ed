package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import io.bactrian.task.Workload;
import io.bactrian.task.Workload.Kind;
import io.bactrian.template.StepType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The workload is what counting every row would say, and costs no reading of workers. */
final class WorkloadReadsTest {
  private static final int MANY = 20_000;
  private static final int PAGES = 500;

  private final TestControlPlane plane = new TestControlPlane();
  private final WorkloadReads reads = new WorkloadReads(plane.database);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void itIsWhatCountingAllStepsWouldSay() {
    twoFans(50);
    plane.claim(7);
    plane.outcomes.retryLater(
        plane.claimOne(), new StepError("E", "later", true), Duration.ofHours(1));
    plane.outcomes.fail(plane.claimOne(), new StepError("E", "never", false));
    plane.submit();
    pausedTask();

    Workload workload = reads.now();

    assertThat(positive(workload.steps())).isEqualTo(truth());
    assertThat(workload.tasks())
        .containsEntry(TaskState.STEPS_IN_PROCESS, 3L)
        .containsEntry(TaskState.PAUSED, 1L);
    assertThat(workload.ready())
        .isEqualTo(
            plane
                .sql
                .sql(
                    "select count(*) from workflow_steps s join tasks t using (task_uuid)"
                        + " where s.state = 'enqueued' and t.state = 'steps_in_process'")
                .query(Long.class)
                .single());
  }

  @Test
  void theOldestReadyStepIsAsOldAsItsLastTransition() {
    assertThat(reads.now().oldestReady()).isZero();
    twoFans(3);
    plane.sql.sql("update engine_clock set shift = shift + interval '1 hour'").update();
    plane.submit();

    assertThat(reads.now().oldestReady()).isBetween(Duration.ofHours(1), Duration.ofMinutes(70));
  }

  @Test
  void manyWorkersCostNothing() {
    twoFans(MANY);
    plane.claim(8);
    plane.sql.sql("vacuum analyze").update();

    assertThat(pages(WorkloadReads.COUNTS)).isLessThan(PAGES);
    assertThat(pages(WorkloadReads.OLDEST)).isLessThan(PAGES);
  }

  private void pausedTask() {
    UUID paused = plane.submit();
    plane
        .sql
        .sql("update tasks set state = 'paused' where task_uuid = :task")
        .param("task", paused)
        .update();
  }

  /** Two tasks at work, the workers of one of them with a limit. */
  private void twoFans(int workers) {
    plane.submit();
    plane.submit();
    List<StepLease> plans = plane.claim(2);
    plane.outcomes.complete(
        plans.get(0), Map.of(), TestControlPlane.workers(workers, Optional.empty()));
    plane.outcomes.complete(
        plans.get(1), Map.of(), TestControlPlane.workers(workers, Optional.of(2)));
  }

  private Map<Kind, Long> truth() {
    var truth = new HashMap<Kind, Long>();
    plane
        .sql
        .sql(
            "select type, state, count(*) from workflow_steps"
                + " where state not in ('complete', 'resolved_manually', 'cancelled') group by 1, 2")
        .query(
            row -> {
              var type = StepType.valueOf(row.getString(1).toUpperCase(Locale.ROOT));
              truth.put(new Kind(type, StepState.of(row.getString(2))), row.getLong(3));
            });
    return truth;
  }

  private static Map<Kind, Long> positive(Map<Kind, Long> steps) {
    var positive = new HashMap<>(steps);
    positive.values().removeIf(count -> count == 0);
    return positive;
  }

  /** Pages that a read touches, by PostgreSQL's own count. */
  private long pages(String read) {
    String plan =
        plane.database.read(
            () ->
                plane
                    .database
                    .jdbc()
                    .sql("explain (analyze, buffers, format json) " + read)
                    .param("tasks", 100_000)
                    .query(String.class)
                    .single());
    JsonNode node = Json.readTree(plan).get(0);
    JsonNode top = node.get("Plan");
    return top.get("Shared Hit Blocks").asLong() + top.get("Shared Read Blocks").asLong();
  }
}
