package io.bactrian.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.LeaseLost;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.store.CheckpointTable;
import io.bactrian.store.ClockTable;
import io.bactrian.store.Database;
import io.bactrian.store.HistoryReads;
import io.bactrian.store.LeaseTable;
import io.bactrian.store.NodeTable;
import io.bactrian.store.StepOutcomes;
import io.bactrian.store.TaskReads;
import io.bactrian.store.TaskTable;
import io.bactrian.store.TestDatabase;
import io.bactrian.task.NewTask;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Claims, checkpoints, ends of leases, retries and completions in random order, also by those who
 * lost their lease, on PostgreSQL and on {@link Model}: both say the same after every one.
 */
final class ModelTest {
  private static final Duration TTL = Duration.ofSeconds(6);
  private static final int TASKS = Boolean.getBoolean("faults.all") ? 300 : 15;
  private static final int OPERATIONS = 60;

  private final Database database = TestDatabase.open();
  private final TaskTable tasks = new TaskTable(database, "test");
  private final TaskReads views = new TaskReads(database);
  private final LeaseTable leases = new LeaseTable(database, "test");
  private final StepOutcomes outcomes = new StepOutcomes(database, "test");
  private final CheckpointTable checkpoints = new CheckpointTable(database);
  private final ClockTable clock = new ClockTable(database);
  private final UUID node = UUID.randomUUID();
  private final Random random = Seed.random("model");

  /** What may happen. */
  private enum Operation {
    CLAIM,
    RENEW,
    SAVE,
    EXPIRE,
    RELEASE,
    FAIL,
    RETRIES,
    COMPLETE
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theDatabaseAgreesWithTheModelAfterEveryOperation() {
    new NodeTable(database).register(node, "here", 1, TTL);
    for (int n = 0; n < TASKS; n++) {
      play();
    }
  }

  private void play() {
    UUID task = UUID.randomUUID();
    int workers = random.nextInt(1, 6);
    var model = new Model(workers);
    var given = new ArrayList<StepLease>();
    submit(task);
    for (int n = 0; n < OPERATIONS; n++) {
      operate(draw(), model, given, task, workers);
    }
    while (model.taskState() != TaskState.COMPLETE) {
      operate(Operation.RETRIES, model, given, task, workers);
      operate(Operation.CLAIM, model, given, task, workers);
      for (StepLease lease : List.copyOf(given)) {
        complete(model, lease, workers);
      }
      compare(model, task, Operation.COMPLETE);
    }
    checkHistory(task, workers);
  }

  private Operation draw() {
    Operation[] all = Operation.values();
    return all[random.nextInt(all.length)];
  }

  private void operate(
      Operation operation, Model model, List<StepLease> given, UUID task, int workers) {
    switch (operation) {
      case CLAIM -> claim(model, given, task);
      case EXPIRE -> {
        clock.move(TTL.plusSeconds(1));
        assertThat(leases.reclaimExpired()).isEqualTo(model.expired());
      }
      case RETRIES -> {
        clock.move(Duration.ofSeconds(2));
        assertThat(tasks.retryDue()).isEqualTo(model.due());
      }
      case RENEW, SAVE, RELEASE, FAIL, COMPLETE -> {
        if (!given.isEmpty()) {
          write(operation, model, given.get(random.nextInt(given.size())), workers);
        }
      }
    }
    compare(model, task, operation);
  }

  private void claim(Model model, List<StepLease> given, UUID task) {
    int limit = random.nextInt(1, 4);
    long expected = Math.min(limit, model.ready());
    List<StepLease> claimed =
        leases.claim(
            new Leases.Claim(
                node,
                Set.of("r/plan", "r/work", "r/total", "r/tell"),
                Set.of(task),
                true,
                TTL,
                100),
            limit);
    assertThat(claimed).hasSize((int) expected).allMatch(model::claimed);
    given.addAll(claimed);
  }

  /** By whoever ever had the lease: it counts only if it is the present one. */
  private void write(Operation operation, Model model, StepLease lease, int workers) {
    boolean holds = model.holds(lease);
    switch (operation) {
      case RENEW -> assertThat(leases.renew(List.of(lease.key()), TTL)).hasSize(holds ? 1 : 0);
      case SAVE -> save(model, lease, holds);
      case RELEASE -> fenced(holds, () -> leases.release(lease, "x"), () -> model.released(lease));
      case FAIL ->
          fenced(
              holds,
              () ->
                  outcomes.retryLater(lease, new StepError("T", "x", true), Duration.ofSeconds(1)),
              () -> model.failed(lease));
      case COMPLETE -> complete(model, lease, workers);
      case CLAIM, EXPIRE, RETRIES -> throw new IllegalArgumentException(operation.name());
    }
  }

  private void save(Model model, StepLease lease, boolean holds) {
    long position = Math.max(1, model.position(lease) + random.nextInt(-2, 5));
    boolean forward = position >= model.position(lease);
    var checkpoint = new Checkpoint(position, 9, Map.of("n", 1), position - 1, position - 1, 0, 0);
    boolean saved = checkpoints.save(lease.stepUuid(), lease.epoch(), checkpoint);
    assertThat(saved).isEqualTo(holds && forward);
    if (saved) {
      model.saved(lease, position);
    }
  }

  private void complete(Model model, StepLease lease, int workers) {
    NewWorkers created = lease.name().equals("plan") ? workers(workers) : NewWorkers.NONE;
    fenced(
        model.holds(lease),
        () -> outcomes.complete(lease, Map.of("step", lease.name()), created),
        () -> model.completed(lease));
  }

  private static void fenced(boolean holds, Runnable write, Runnable then) {
    if (holds) {
      write.run();
      then.run();
    } else {
      assertThatThrownBy(write::run).isInstanceOf(LeaseLost.class);
    }
  }

  private void compare(Model model, UUID task, Operation after) {
    assertThat(Model.told(views.steps(task))).as("after %s", after).isEqualTo(model.told());
    assertThat(views.find(task).orElseThrow().state())
        .as("after %s", after)
        .isEqualTo(model.taskState());
  }

  private void checkHistory(UUID task, int workers) {
    var history = new HistoryReads(database).ofSteps(task);
    assertThat(history)
        .filteredOn(t -> t.to().equals("complete"))
        .extracting(t -> t.step())
        .doesNotHaveDuplicates()
        .hasSize(workers + 3);
    assertThat(history)
        .filteredOn(t -> t.to().equals("in_progress"))
        .extracting(t -> t.step() + t.epoch())
        .doesNotHaveDuplicates();
  }

  private void submit(UUID task) {
    var template =
        new TaskTemplate(
            "t", "demo", "1", "", Optional.empty(), Optional.empty(), List.of(), Map.of());
    tasks.create(
        new NewTask(
            task,
            tasks.keep(template),
            "{}",
            "/",
            Optional.empty(),
            Optional.empty(),
            List.of(
                step("plan", StepType.BATCHABLE, 0),
                step("total", StepType.DEFERRED_CONVERGENCE, 2, "plan"),
                step("tell", StepType.STANDARD, 3, "total"))));
  }

  private static NewTask.NewStep step(String name, StepType type, int position, String... parents) {
    return new NewTask.NewStep(name, type, "r/" + name, position, "{}", 99, List.of(parents));
  }

  private static NewWorkers workers(int count) {
    return new NewWorkers(
        "work",
        "r/work",
        1,
        99,
        Optional.empty(),
        OptionalLong.empty(),
        List.of("plan"),
        List.of("total"),
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new NewWorkers.Worker("work_" + i, "{}"))
            .toList());
  }
}
