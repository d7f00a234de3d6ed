package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.Leases;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.task.OnDuplicate;
import io.bactrian.task.Origin;
import io.bactrian.task.Reruns;
import io.bactrian.task.Retention.Pruned;
import io.bactrian.task.Submission;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskState;
import io.bactrian.template.Backoff;
import io.bactrian.template.FailureStrategy;
import io.bactrian.template.IdentityStrategy;
import io.bactrian.template.RetryPolicy;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskRules;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.WorkerRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Tasks of a {@link TestControlPlane} that come to their end, and those that then leave. */
final class FinishedTasks {
  static final List<String> TABLES =
      List.of(
          "tasks",
          "task_gates",
          "task_transitions",
          "dead_letters",
          "workflow_steps",
          "step_edges",
          "step_gates",
          "step_transitions",
          "step_attempts",
          "checkpoints",
          "step_plans",
          "plans");

  private final TestControlPlane plane;

  FinishedTasks(TestControlPlane plane) {
    this.plane = plane;
  }

  /** A task of a plan and so many workers that has come to its end. */
  UUID finishedTask(int workers) {
    UUID task = plane.submit();
    finishPlanning(workers);
    finish(task);
    return task;
  }

  /** Plans: so many workers are ready. */
  void finishPlanning(int workers) {
    if (plane.count("select count(*) from workflow_steps where state = 'enqueued'") == 0) {
      plane.submit();
    }
    plane.outcomes.complete(
        claim(1).get(0), Map.of(), TestControlPlane.workers(workers, Optional.empty()));
  }

  /** Works until the task is complete. */
  void finish(UUID task) {
    for (List<StepLease> claimed = claim(64); !claimed.isEmpty(); ) {
      claimed.forEach(this::complete);
      claimed = claim(64);
    }
    assertThat(plane.views.find(task).orElseThrow().state()).isEqualTo(TaskState.COMPLETE);
  }

  List<StepLease> claim(int limit) {
    Set<String> routes = new TreeSet<>(TestControlPlane.ROUTES);
    routes.add("t/demo/1/tell");
    return plane.leases.claim(
        new Leases.Claim(plane.node, routes, Set.of(), false, TestControlPlane.TTL, 100), limit);
  }

  void complete(StepLease lease) {
    String name = lease.name().startsWith("work") ? "work" : lease.name();
    plane.outcomes.complete(lease, Map.of("said", name), NewWorkers.NONE);
  }

  /** Submits a task of one step. */
  Submitted submit(
      Map<String, Object> definition, SubmitOptions options, Map<String, Object> context) {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(tell()),
            definition,
            new TaskRules(IdentityStrategy.ALWAYS_UNIQUE, List.of()),
            "");
    return new Submission(plane.tasks)
        .submit(template, context, Path.of("/"), Optional.empty(), options);
  }

  /** Options with always the same idempotency key. */
  static SubmitOptions keyed(OnDuplicate policy) {
    return new SubmitOptions(Optional.of("order-7"), policy, 0, List.of(), Origin.of("test"));
  }

  /** Verbs that know the template of {@link #submit}. */
  OperatorVerbs verbs() {
    var template =
        new TaskTemplate(
            "t",
            "demo",
            "1",
            "",
            Optional.empty(),
            Optional.empty(),
            List.of(tell()),
            Map.of("a", 1));
    return new OperatorVerbs(
        plane.database,
        (lease, result) -> NewWorkers.NONE,
        new Reruns(new Submission(plane.tasks), reference -> Optional.of(template)));
  }

  private static StepTemplate tell() {
    return new StepTemplate(
        "tell",
        StepType.STANDARD,
        List.of(),
        "log:tell",
        Map.of(),
        new RetryPolicy(true, 3, Backoff.NONE, Duration.ZERO, 1, Duration.ZERO),
        Optional.empty(),
        FailureStrategy.CONTINUE_ON_FAILURE,
        WorkerRules.STANDARD);
  }

  /** A pruner that keeps finished tasks for so many days. */
  Pruning days(int days) {
    return new Pruning(plane.database, new RetentionRules("", Optional.of(Duration.ofDays(days))));
  }

  /** Prunes until nothing is due; answers all that has left. */
  static Pruned prune(Pruning pruning) {
    Pruned all = Pruned.NOTHING;
    for (Pruned some = pruning.pruneSome(); !some.isNothing(); some = pruning.pruneSome()) {
      all = all.plus(some);
    }
    return all;
  }

  /** How many rows the tables of tasks and steps have. */
  long rows() {
    return TABLES.stream().mapToLong(t -> plane.count("select count(*) from " + t)).sum();
  }
}
