package io.bactrian.store;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.NewTask;
import io.bactrian.task.Step;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database with tasks of a small template: plan, workers of {@code work}, total, tell. */
public final class TestControlPlane implements AutoCloseable {
  static final Duration TTL = Duration.ofSeconds(6);
  static final Set<String> ROUTES = Set.of("r/plan", "r/work", "r/total", "r/tell");

  public final Database database;
  public final JdbcClient sql;
  final TaskTable tasks;
  final TaskReads views;
  public final LeaseTable leases;
  public final StepOutcomes outcomes;
  public final NodeTable nodes;
  final UUID node = UUID.randomUUID();

  public TestControlPlane() {
    DatabaseAddress address = TestDatabase.create();
    database = Database.open(() -> address, 10);
    sql =
        JdbcClient.create(
            new DriverManagerDataSource(address.jdbcUrl(), address.user(), address.password()));
    tasks = new TaskTable(database, "test");
    views = new TaskReads(database);
    leases = new LeaseTable(database, "test");
    outcomes = new StepOutcomes(database, "test");
    nodes = new NodeTable(database);
    nodes.register(node, "here", 1, TTL);
  }

  /** A task that any node may run. */
  public UUID submit() {
    return submit(Optional.empty());
  }

  UUID submit(Optional<UUID> owner) {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.of(Duration.ofHours(1)),
            List.of(),
            Map.of("a", 1));
    UUID task = UUID.randomUUID();
    tasks.create(
        new NewTask(
            task,
            tasks.keep(template),
            "{\"file\":\"x\"}",
            "/",
            owner,
            Optional.of(Duration.ofHours(1)),
            List.of(
                new NewTask.NewStep("plan", StepType.BATCHABLE, "r/plan", 0, "{}", 3, List.of()),
                new NewTask.NewStep(
                    "total", StepType.DEFERRED_CONVERGENCE, "r/total", 2, "{}", 3, List.of("plan")),
                new NewTask.NewStep(
                    "tell", StepType.STANDARD, "r/tell", 3, "{}", 3, List.of("total")))));
    return task;
  }

  public static NewWorkers workers(int count, Optional<Integer> maxParallel) {
    return new NewWorkers(
        "work",
        "r/work",
        1,
        3,
        maxParallel,
        OptionalLong.empty(),
        List.of("plan"),
        List.of("total"),
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new NewWorkers.Worker("work_" + i, "{}"))
            .toList());
  }

  static NewWorkers workers(int count) {
    return workers(count, Optional.empty());
  }

  static Checkpoint checkpoint(long position) {
    return new Checkpoint(position, 99, Map.of("n", 1), position - 1, position - 1, 0, 0);
  }

  public List<StepLease> claim(int limit) {
    return claim(limit, 100, ROUTES);
  }

  public List<StepLease> claim(int limit, int permits, Set<String> routes) {
    return leases.claim(new Leases.Claim(node, routes, Set.of(), false, TTL, permits), limit);
  }

  public StepLease claimOne() {
    return claim(1).get(0);
  }

  List<String> names(UUID task, StepState state) {
    return views.steps(task).stream().filter(s -> s.state() == state).map(Step::name).toList();
  }

  TaskState state(UUID task) {
    return views.find(task).orElseThrow().state();
  }

  void shift(String interval) {
    sql.sql("update engine_clock set shift = shift + cast(:by as interval)")
        .param("by", interval)
        .update();
  }

  public long count(String query) {
    return sql.sql(query).query(Long.class).single();
  }

  @Override
  public void close() {
    database.close();
  }
}
