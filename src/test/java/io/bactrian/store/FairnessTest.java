package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.task.NewTask;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.SubmitOptions;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whose turn it is, on a real database. */
final class FairnessTest {
  private static final Duration TTL = Duration.ofMinutes(10);

  private final Database database = TestDatabase.open();
  private final TaskTable tasks = new TaskTable(database, "test");
  private final LeaseTable leases = new LeaseTable(database, "test");
  private final StepOutcomes outcomes = new StepOutcomes(database, "test");
  private final UUID node = UUID.randomUUID();

  @BeforeEach
  void register() {
    new NodeTable(database).register(node, "here", 1, TTL);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aTaskOfManyWorkersDoesNotStarveASmallOne() {
    big(5_000, 0);
    List<StepLease> slots = new ArrayList<>(claim(4));
    for (int i = 0; i < 100; i++) {
      slots.add(replace(slots.remove(0)));
    }
    UUID small = task(0);

    var turn = new ArrayList<UUID>();
    for (int i = 0; i < 6; i++) {
      StepLease next = replace(slots.remove(0));
      turn.add(next.taskUuid());
      slots.add(next);
    }

    assertThat(turn).as("the next six steps").contains(small);
  }

  @Test
  void twoLargeTasksShareFromWhenTheSecondComes() {
    UUID first = big(1_000, 0);
    List<StepLease> slots = new ArrayList<>(claim(2));
    for (int i = 0; i < 200; i++) {
      slots.add(replace(slots.remove(0)));
    }
    big(1_000, 0);

    assertThat(share(slots, first, 100)).isBetween(40L, 60L);
  }

  @Test
  void eachLevelOfPriorityDoublesTheShare() {
    UUID low = big(1_000, 0);
    UUID high = big(1_000, 3);
    List<StepLease> slots = new ArrayList<>(claim(2));

    long share = share(slots, high, 180);

    assertThat(share).isBetween(150L, 170L);
    assertThat(low).isNotEqualTo(high);
  }

  @Test
  void theMoreUrgentTaskGoesFirstThoughItCameLater() {
    task(0);
    UUID urgent = task(5);

    assertThat(claim(1)).extracting(StepLease::taskUuid).containsExactly(urgent);
  }

  @Test
  void whoWaitsBehindMoreUrgentTasksStillHasItsTurn() {
    StepLease slot = first();
    UUID waiting = task(0);
    int before = 0;
    for (; before < 100; before++) {
      task(3);
      slot = replace(slot);
      if (slot.taskUuid().equals(waiting)) {
        break;
      }
    }

    assertThat(before).as("steps of priority 3 that went before").isBetween(4, 10);
  }

  @Test
  void aClaimReadsNoMoreThanItTakesHoweverManyStepsAreReady() {
    big(20_000, 0);
    for (int i = 0; i < 20; i++) {
      task(0);
    }
    database.commit(Fact.ROUTE, () -> database.jdbc().sql("analyze workflow_steps").update());

    long pages = pages(5);

    assertThat(pages).as("pages that a claim of 5 touches").isLessThan(3_000);
  }

  /** How many pages of tables and indexes a claim touches. */
  private long pages(int most) {
    String io =
        """
        select coalesce(sum(heap_blks_read + heap_blks_hit + idx_blks_read + idx_blks_hit), 0)
        from pg_statio_user_tables where relname = 'workflow_steps'
        """;
    long before = flushed(io);
    assertThat(claim(most)).hasSize(most);
    return flushed(io) - before;
  }

  private long flushed(String io) {
    return database.commit(
        Fact.ROUTE,
        () -> {
          database.jdbc().sql("select pg_stat_force_next_flush()").query((r, n) -> 0).list();
          database.jdbc().sql("select pg_stat_clear_snapshot()").query((r, n) -> 0).list();
          return database.jdbc().sql(io).query(Long.class).single();
        });
  }

  /** Of so many steps, how many are of this task. */
  private long share(List<StepLease> slots, UUID task, int steps) {
    return IntStream.range(0, steps)
        .mapToObj(
            i -> {
              StepLease next = replace(slots.remove(0));
              slots.add(next);
              return next.taskUuid();
            })
        .filter(task::equals)
        .count();
  }

  /** A step ends and the slot takes the next. */
  private StepLease replace(StepLease ended) {
    outcomes.complete(ended, Map.of(), NewWorkers.NONE);
    return claim(1).get(0);
  }

  private StepLease first() {
    task(0);
    return claim(1).get(0);
  }

  private UUID task(int priority) {
    var template =
        new TaskTemplate(
            "t", "demo", "1", "", Optional.empty(), Optional.empty(), List.of(), Map.of("a", 1));
    var uuid = UUID.randomUUID();
    tasks.create(
        new NewTask(
            uuid,
            tasks.keep(template),
            "{}",
            "/",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new SubmitOptions(
                Optional.empty(),
                OnDuplicate.RETURN_EXISTING,
                priority,
                List.of(),
                Origin.of("test")),
            Optional.empty(),
            List.of(new NewTask.NewStep("plan", StepType.BATCHABLE, "r", 0, "{}", 3, List.of()))));
    return uuid;
  }

  /** A task whose workers are all ready. */
  private UUID big(int workers, int priority) {
    UUID task = task(priority);
    StepLease plan =
        leases.claim(new Leases.Claim(node, Set.of("r"), Set.of(task), true, TTL, 100), 1).get(0);
    outcomes.complete(
        plan,
        Map.of(),
        new NewWorkers(
            "work",
            "r",
            1,
            3,
            Optional.empty(),
            OptionalLong.empty(),
            List.of("plan"),
            List.of(),
            IntStream.rangeClosed(1, workers)
                .mapToObj(i -> new NewWorkers.Worker("work_" + i, "{}"))
                .toList()));
    return task;
  }

  private List<StepLease> claim(int most) {
    return leases.claim(new Leases.Claim(node, Set.of("r"), Set.of(), false, TTL, 100), most);
  }
}
