package io.bactrian.store;

import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.By;
import io.bactrian.task.NewTask;
import io.bactrian.task.Reruns;
import io.bactrian.task.Step;
import io.bactrian.task.Submission;
import io.bactrian.task.Task;
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

/** A task plan → work → total → tell in a database of its own, and one node that works for it. */
final class Demo implements AutoCloseable {
  static final By ANNA = new By("user:anna", "the feed is mended");
  static final Duration TTL = Duration.ofSeconds(6);

  final Database database;
  final TaskTable tasks;
  final TaskReads views;
  final HistoryReads history;
  final LeaseTable leases;
  final StepOutcomes outcomes;
  final NodeTable nodes;
  final DeadLetterTable deadLetters;
  final StuckTasks watch;
  final UUID node = UUID.randomUUID();
  final UUID task = UUID.randomUUID();

  Demo() {
    this(TestDatabase.open());
  }

  Demo(Database database) {
    this.database = database;
    this.tasks = new TaskTable(database, "test");
    this.views = new TaskReads(database);
    this.history = new HistoryReads(database);
    this.leases = new LeaseTable(database, "test");
    this.outcomes = new StepOutcomes(database, "test");
    this.nodes = new NodeTable(database);
    this.deadLetters = new DeadLetterTable(database);
    this.watch = new StuckTasks(database, "test");
    nodes.register(node, "here", 1, TTL);
    submit(
        task,
        step("plan", StepType.BATCHABLE, 0, false, List.of()),
        step("total", StepType.DEFERRED_CONVERGENCE, 2, false, List.of("plan")),
        step("tell", StepType.STANDARD, 3, false, List.of("total")));
  }

  static NewTask.NewStep step(
      String name, StepType type, int position, boolean failFast, List<String> parents) {
    return new NewTask.NewStep(
        name, type, "demo/t/1/" + name, position, "{}", 3, failFast, false, parents);
  }

  void submit(UUID uuid, NewTask.NewStep... steps) {
    var template =
        new TaskTemplate(
            "demo", "t", "1", "", Optional.empty(), Optional.empty(), List.of(), Map.of("a", 1));
    tasks.create(
        new NewTask(
            uuid,
            tasks.keep(template),
            "{\"file\":\"x\"}",
            "/",
            Optional.empty(),
            Optional.empty(),
            List.of(steps)));
  }

  static NewWorkers workers(int count, String failureStrategy) {
    return new NewWorkers(
        "work",
        "demo/t/1/work",
        1,
        3,
        Optional.empty(),
        OptionalLong.empty(),
        List.of("plan"),
        List.of("total"),
        IntStream.rangeClosed(1, count)
            .mapToObj(
                i ->
                    new NewWorkers.Worker(
                        "work_" + i,
                        "{\"batch_metadata\":{\"failure_strategy\":\"%s\"}}"
                            .formatted(failureStrategy)))
            .toList());
  }

  /** Verbs that know no template and create no workers. */
  OperatorVerbs verbs() {
    return new OperatorVerbs(
        database,
        (lease, result) -> NewWorkers.NONE,
        new Reruns(new Submission(tasks), reference -> Optional.empty()));
  }

  /** Plans, and claims all workers. */
  List<StepLease> claimWorkers(int count, String failureStrategy) {
    outcomes.complete(claimOne(), Map.of(), workers(count, failureStrategy));
    return claim(count);
  }

  List<StepLease> claim(int limit) {
    Set<String> routes =
        Set.of("demo/t/1/plan", "demo/t/1/work", "demo/t/1/total", "demo/t/1/tell");
    return leases.claim(new Leases.Claim(node, routes, Set.of(), false, TTL, 100), limit);
  }

  StepLease claimOne() {
    return claim(1).get(0);
  }

  void complete(StepLease lease) {
    outcomes.complete(lease, Map.of("name", lease.name()), NewWorkers.NONE);
  }

  void fail(StepLease lease) {
    outcomes.fail(lease, new StepError("BadField", "row 7 is bad", false));
  }

  /** Completes whatever is ready until nothing is. */
  void workOff() {
    for (List<StepLease> claimed = claim(9); !claimed.isEmpty(); claimed = claim(9)) {
      claimed.forEach(this::complete);
    }
  }

  TaskState state() {
    return find().state();
  }

  Task find() {
    return views.find(task).orElseThrow();
  }

  List<String> names(StepState state) {
    return views.steps(task).stream().filter(s -> s.state() == state).map(Step::name).toList();
  }

  Step step(String name) {
    return views.steps(task).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  void shift(String interval) {
    database.commit(
        Fact.ROUTE,
        () ->
            database
                .jdbc()
                .sql("update engine_clock set shift = shift + cast(:by as interval)")
                .param("by", interval)
                .update());
  }

  /** Changes rows as only a hand in the database does; answers how many. */
  int damage(String sql) {
    return database.commit(Fact.ROUTE, () -> database.jdbc().sql(sql).update());
  }

  <T> T one(String sql, Class<T> type) {
    return database.read(() -> database.jdbc().sql(sql).query(type).single());
  }

  @Override
  public void close() {
    database.close();
  }
}
