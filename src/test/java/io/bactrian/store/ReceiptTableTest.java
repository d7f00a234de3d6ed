package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.task.By;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.UnknownTarget;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a task that has left still answers, by its receipt. */
final class ReceiptTableTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final FinishedTasks tasks = new FinishedTasks(plane);

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void anIdentityOutlivesItsTask() {
    SubmitOptions keyed = FinishedTasks.keyed(OnDuplicate.RETURN_EXISTING);
    UUID first = tasks.submit(Map.of(), keyed, Map.of()).task();
    tasks.finish(first);
    plane.shift("8 days");
    FinishedTasks.prune(tasks.days(7));

    assertThat(tasks.submit(Map.of(), keyed, Map.of())).isEqualTo(new Submitted(first, false));
    assertThatThrownBy(
            () -> tasks.submit(Map.of(), FinishedTasks.keyed(OnDuplicate.REJECT), Map.of()))
        .isInstanceOf(DuplicateTask.class)
        .hasMessageContaining(first.toString());
    assertThat(
            tasks
                .submit(Map.of(), FinishedTasks.keyed(OnDuplicate.RERUN_IF_FAILED), Map.of())
                .task())
        .as("it has not failed")
        .isEqualTo(first);
    assertThat(plane.count("select count(*) from tasks")).isZero();
    assertThat(plane.count("select count(*) from task_gates")).isZero();
  }

  @Test
  void aFailedTaskThatHasLeftGivesItsIdentityAway() {
    UUID first =
        tasks.submit(Map.of(), FinishedTasks.keyed(OnDuplicate.RETURN_EXISTING), Map.of()).task();
    tasks.verbs().cancel(first, Demo.ANNA);
    plane.shift("8 days");
    FinishedTasks.prune(tasks.days(7));

    Submitted again =
        tasks.submit(Map.of(), FinishedTasks.keyed(OnDuplicate.RERUN_IF_FAILED), Map.of());
    Submitted third =
        tasks.submit(Map.of(), FinishedTasks.keyed(OnDuplicate.RERUN_IF_FAILED), Map.of());

    assertThat(again.created()).isTrue();
    assertThat(third).isEqualTo(new Submitted(again.task(), false));
  }

  /** The pruner has deleted the task and not committed when the submission comes. */
  @Test
  void aSubmissionThatMeetsItsTaskLeavingIsAnsweredWithIt() throws Exception {
    SubmitOptions keyed = FinishedTasks.keyed(OnDuplicate.RETURN_EXISTING);
    UUID first = tasks.submit(Map.of(), keyed, Map.of()).task();
    tasks.finish(first);
    plane.shift("8 days");
    CompletableFuture<Submitted> other =
        plane.database.commit(
            Fact.PRUNE_TASKS,
            () -> {
              tasks.days(7).pruneSome();
              var submitted =
                  CompletableFuture.supplyAsync(() -> tasks.submit(Map.of(), keyed, Map.of()));
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(
                      () ->
                          plane.count(
                                  "select count(*) from pg_stat_activity where datname ="
                                      + " current_database() and wait_event_type = 'Lock'")
                              == 1);
              return submitted;
            });

    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(new Submitted(first, false));
    assertThat(plane.count("select count(*) from tasks")).isZero();
  }

  @Test
  void aVerbOnATaskThatHasLeftSaysSo() {
    UUID task = tasks.finishedTask(1);
    plane.shift("8 days");
    FinishedTasks.prune(tasks.days(7));

    assertThatThrownBy(() -> tasks.verbs().rerun(task, Demo.ANNA))
        .isInstanceOf(UnknownTarget.class)
        .hasMessageContaining("was pruned at")
        .hasMessageContaining("only its receipt is left");
  }

  @Test
  void aRerunKnowsWhatItDoesAgainAfterThatHasLeft() {
    UUID old = tasks.finishedTask(1);
    UUID again = tasks.verbs().rerun(old, new By("user:anna", "once more")).task();
    plane.shift("8 days");
    FinishedTasks.prune(tasks.days(7));

    assertThat(new HistoryReads(plane.database).rerunOf(again)).contains(old);
  }
}
