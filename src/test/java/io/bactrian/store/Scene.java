package io.bactrian.store;

import io.bactrian.step.Expansion;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.task.Reruns;
import io.bactrian.task.Submission;
import io.bactrian.template.Backoff;
import io.bactrian.template.FailureStrategy;
import io.bactrian.template.RetryPolicy;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.WorkerRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task, and what can be done to it or beside it. */
final class Scene {
  final Demo demo;
  final OperatorVerbs verbs;
  final InputTable inputs;
  final EventTable events;
  final KeyTable keys;
  private @Nullable StepLease claimed;

  Scene(Database database) {
    this.demo = new Demo(database);
    this.verbs =
        new OperatorVerbs(
            database,
            Scene::created,
            new Reruns(new Submission(demo.tasks), reference -> Optional.of(template())));
    this.inputs = new InputTable(database, "test", Duration.ofMinutes(1));
    this.events = new EventTable(database);
    this.keys = new KeyTable(database);
  }

  private static Expansion created(StepLease lease, Map<String, Object> result) {
    return result.containsKey("workers") ? Demo.workers(3, "continue_on_failure") : NewWorkers.NONE;
  }

  private static TaskTemplate template() {
    var tell =
        new StepTemplate(
            "tell",
            StepType.STANDARD,
            List.of(),
            "log:tell",
            Map.of(),
            new RetryPolicy(true, 3, Backoff.NONE, Duration.ZERO, 1, Duration.ZERO),
            Optional.empty(),
            FailureStrategy.CONTINUE_ON_FAILURE,
            WorkerRules.STANDARD);
    return new TaskTemplate(
        "demo", "t", "1", "", Optional.empty(), Optional.empty(), List.of(tell), Map.of("a", 1));
  }

  UUID task() {
    return demo.task;
  }

  void fail() {
    demo.fail(demo.claimOne());
  }

  void claim() {
    claimed = demo.claimOne();
  }

  StepLease lease() {
    return Objects.requireNonNull(claimed);
  }

  /** The gate behind the planning step counts one parent too many. */
  void damage() {
    demo.damage("update step_gates set pending = pending + 1");
    demo.complete(demo.claimOne());
  }
}
