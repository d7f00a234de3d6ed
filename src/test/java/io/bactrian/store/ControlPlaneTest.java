package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.step.LeaseLost;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** Tasks and steps as rows of a real PostgreSQL. */
final class ControlPlaneTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aTaskStartsWithWhatWaitsForNothing() {
    assertThat(plane.names(task, StepState.ENQUEUED)).containsExactly("plan");
    assertThat(plane.names(task, StepState.PENDING)).containsExactly("total", "tell");
    assertThat(plane.state(task)).isEqualTo(TaskState.STEPS_IN_PROCESS);
  }

  @Test
  void aRetryIsDueWhenItsTimeHasCome() {
    plane.outcomes.retryLater(
        plane.claimOne(), new StepError("E", "no", true), Duration.ofSeconds(20));
    assertThat(plane.state(task)).isEqualTo(TaskState.WAITING_FOR_RETRY);
    assertThat(plane.tasks.retryDue()).isZero();
    plane.shift("21 seconds");
    assertThat(plane.tasks.retryDue()).isEqualTo(1);
    assertThat(plane.state(task)).isEqualTo(TaskState.STEPS_IN_PROCESS);
    assertThat(plane.claimOne().attempt()).isEqualTo(2);
  }

  @Test
  void aFailedStepBlocksItsTask() {
    plane.outcomes.fail(plane.claimOne(), new StepError("E", "no", false));

    assertThat(plane.state(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(plane.views.running()).isEmpty();
  }

  @Test
  void aTaskPastItsTimeLimitIsInErrorAndItsStepsAreCancelled() {
    StepLease running = plane.claimOne();
    plane.shift("61 minutes");
    assertThat(plane.tasks.endOverdue()).isEqualTo(1);

    assertThat(plane.state(task)).isEqualTo(TaskState.ERROR);
    assertThat(plane.names(task, StepState.CANCELLED)).hasSize(3);
    assertThatThrownBy(() -> plane.outcomes.complete(running, Map.of(), NewWorkers.NONE))
        .isInstanceOf(LeaseLost.class);
    assertThat(plane.tasks.endOverdue()).isZero();
  }

  @Test
  void theSchemaRefusesTransitionsThatDoNotExist() {
    UUID step = plane.views.steps(task).get(0).uuid();
    assertThatThrownBy(
            () ->
                plane
                    .sql
                    .sql(
                        "insert into step_transitions (step_uuid, from_state, to_state, epoch, actor, reason) values (:step, 'complete', 'enqueued', 1, 'x', 'x')")
                    .param("step", step)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(
            () ->
                plane
                    .sql
                    .sql("update workflow_steps set state = 'in_progress' where step_uuid = :step")
                    .param("step", step)
                    .update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  @Test
  void everyStateChangeIsARowWithActorAndReason() {
    plane.outcomes.complete(plane.claimOne(), Map.of(), TestControlPlane.workers(2));

    assertThat(
            plane
                .sql
                .sql("select count(*) from step_transitions where actor = 'test' and reason <> ''")
                .query(Integer.class)
                .single())
        .as("3 submitted, 1 enqueued, 1 claimed, 1 complete, 2 created")
        .isEqualTo(8);
    assertThat(
            plane
                .sql
                .sql(
                    "select string_agg(to_state, ' ' order by transition_id) from task_transitions")
                .query(String.class)
                .single())
        .isEqualTo("pending steps_in_process");
  }
}
