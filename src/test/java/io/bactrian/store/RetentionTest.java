package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.json.Json;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Receipt;
import io.bactrian.task.Resolution;
import io.bactrian.task.Retention;
import io.bactrian.task.Retention.Pruned;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.TaskState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finished tasks leave after a time, and their receipts stay. */
final class RetentionTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final FinishedTasks tasks = new FinishedTasks(plane);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void aFinishedTaskLeavesNothingButItsReceipt() {
    UUID task = tasks.finishedTask(3);
    plane.shift("8 days");

    Pruned pruned = FinishedTasks.prune(tasks.days(7));

    assertThat(pruned).isEqualTo(new Pruned(1, 6, 0));
    for (String table : FinishedTasks.TABLES) {
      assertThat(plane.count("select count(*) from " + table)).as(table).isZero();
    }
    assertThat(plane.views.find(task)).isEmpty();
    Receipt receipt = plane.views.receipt(task).orElseThrow();
    assertThat(receipt.task().reference()).isEqualTo("t/demo@1");
    assertThat(receipt.task().state()).isEqualTo(TaskState.COMPLETE);
    assertThat(receipt.task().counts().done()).isEqualTo(6);
    assertThat(receipt.task().counts().total()).isEqualTo(6);
    assertThat(receipt.result()).contains(Map.of("said", "tell"));
    assertThat(receipt.resultSha256())
        .as("printf '{\"said\":\"tell\"}' | sha256sum")
        .contains("f0204355eccb842d34bab5c3e686ce412d21f15487e0d555b6b558c989177f3f");
  }

  @Test
  void whatIsNotDueStays() {
    UUID young = tasks.finishedTask(1);
    UUID running = plane.submit();
    plane.shift("6 days");

    assertThat(FinishedTasks.prune(tasks.days(7)).isNothing()).isTrue();
    plane.shift("2 days");
    assertThat(FinishedTasks.prune(tasks.days(7)).tasks()).isEqualTo(1);

    assertThat(plane.views.find(young)).isEmpty();
    assertThat(plane.views.find(running)).isPresent();
  }

  @Test
  void aTaskThatStillNeedsAPersonStays() {
    UUID task = tasks.finishedTask(1);
    var letters = new DeadLetterTable(plane.database);
    UUID letter = letters.put(task, Demo.ANNA).uuid();
    plane.shift("8 days");

    assertThat(FinishedTasks.prune(tasks.days(7)).isNothing()).isTrue();
    letters.update(
        letter,
        new DeadLetters.Change(
            Optional.of(Resolution.MANUALLY_RESOLVED), Optional.empty(), Optional.empty()),
        Demo.ANNA);

    assertThat(FinishedTasks.prune(tasks.days(7)).tasks()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', '', 30, false",
    "'{}', '', 9, true",
    "'{\"retention\": {\"days\": 9}}', '', 30, true",
    "'{\"retention\": {\"days\": 30}}', '', 9, false",
    "'{\"retention\": {\"days\": \"forever\"}}', '', 9, false",
    "'{\"retention\": {\"days\": 30}, \"environments\": {\"test\": {\"retention\": {\"days\": 9}}}}', test, , true",
    "'{\"retention\": {\"days\": 30}, \"environments\": {\"test\": {\"retention\": {\"days\": 9}}}}', prod, , false",
    "'{}', '', , false"
  })
  void theTemplateSaysHowLongElseTheDefault(
      String definition, String environment, Integer otherwise, boolean leaves) {
    tasks.finish(tasks.submit(Json.readObject(definition), SubmitOptions.NONE, Map.of()).task());
    plane.shift("10 days");
    var rules =
        new RetentionRules(environment, Optional.ofNullable(otherwise).map(Duration::ofDays));

    assertThat(FinishedTasks.prune(new Pruning(plane.database, rules)).tasks())
        .isEqualTo(leaves ? 1 : 0);
  }

  @Test
  void aDryRunCountsEveryRowThatThenIsGone() {
    tasks.finishedTask(20);
    plane.shift("8 days");
    Pruning pruning = tasks.days(7);
    long before = tasks.rows();

    Retention.Due due = pruning.due().get(0);
    assertThat(tasks.rows()).as("a dry run deletes nothing").isEqualTo(before);
    FinishedTasks.prune(pruning);

    assertThat(due.template()).isEqualTo("t/demo@1");
    assertThat(due.keep()).contains(Duration.ofDays(7));
    assertThat(due.finished()).isEqualTo(1);
    assertThat(due.tasks()).isEqualTo(1);
    assertThat(due.steps()).isEqualTo(23);
    assertThat(due.rows()).isEqualTo(before - tasks.rows());
    assertThat(due.bytes()).isBetween(due.rows() * 24, due.rows() * 400);
  }

  @Test
  void aPlanLeavesWithTheLastTaskThatReadsByIt() {
    tasks.finishedTask(1);
    plane
        .sql
        .sql(
            """
            with plan as (
              insert into plans (path, size, head_crc, tail_crc, modified_nanos, dialect, header,
                record_count, data_start, data_end, longest_record, record_index)
              values ('/a', 1, 1, 1, 1, '{}', '[]', 0, 0, 0, 0, '') returning plan_id)
            insert into step_plans (step_uuid, plan_id)
            select step_uuid, plan_id from plan, workflow_steps where name = 'plan'
            """)
        .update();
    assertThat(FinishedTasks.prune(tasks.days(7)).plans()).isZero();
    plane.shift("8 days");

    assertThat(FinishedTasks.prune(tasks.days(7)).plans()).isEqualTo(1);
  }
}
