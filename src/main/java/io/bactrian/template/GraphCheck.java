package io.bactrian.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Checks how the steps of a template hang together. */
final class GraphCheck {
  private final List<ReadStep> steps;
  private final Map<String, ReadStep> byName = new HashMap<>();
  private final Ancestry ancestry = new Ancestry(byName);
  private final Problems problems;

  GraphCheck(List<ReadStep> steps, Problems problems) {
    this.steps = steps;
    this.problems = problems;
  }

  void check() {
    for (ReadStep step : steps) {
      ReadStep earlier = byName.putIfAbsent(step.name(), step);
      if (earlier != null && !step.name().isEmpty()) {
        problems.add(
            step.nameNode(),
            "step '%s' stands twice, first in line %d"
                .formatted(step.name(), Problems.line(earlier.nameNode())));
      }
    }
    steps.forEach(this::checkDependencies);
    steps.forEach(this::checkType);
    checkWorkerNames();
    new CircleCheck(steps, byName, problems).check();
  }

  private void checkDependencies(ReadStep step) {
    var seen = new HashSet<String>();
    for (ReadStep.Dependency dependency : step.dependencies()) {
      if (!byName.containsKey(dependency.name())) {
        problems.add(
            dependency.where(),
            "step '%s' depends on '%s', which is no step%s"
                .formatted(
                    step.name(),
                    dependency.name(),
                    Nearest.names(dependency.name(), byName.keySet())));
      } else if (!seen.add(dependency.name())) {
        problems.add(
            dependency.where(),
            "step '%s' names its dependency '%s' twice".formatted(step.name(), dependency.name()));
      }
    }
  }

  private void checkType(ReadStep step) {
    long batchables = count(step, StepType.BATCHABLE);
    long workers = count(step, StepType.BATCH_WORKER);
    switch (step.step().type()) {
      case BATCH_WORKER -> {
        if (batchables != 1) {
          problems.add(
              step.nameNode(),
              "batch_worker '%s' depends on %d batchable steps; allowed: exactly one"
                  .formatted(step.name(), batchables));
        }
      }
      case DEFERRED_CONVERGENCE -> {
        if (workers == 0 && step.dependencies().stream().noneMatch(this::isBehindDecision)) {
          problems.add(
              step.nameNode(),
              "deferred_convergence '%s' depends on no batch_worker and on no step behind a decision; allowed: at least one"
                  .formatted(step.name()));
        }
      }
      case BATCHABLE -> {
        if (steps.stream().noneMatch(s -> isWorkerOf(s, step.name()))) {
          problems.add(
              step.nameNode(),
              "batchable '%s' has no batch_worker that depends on it; allowed: at least one"
                  .formatted(step.name()));
        }
      }
      case DECISION -> {
        if (steps.stream().noneMatch(s -> s.step().dependencies().contains(step.name()))) {
          problems.add(
              step.nameNode(),
              "decision '%s' has no step that depends on it; allowed: at least one"
                  .formatted(step.name()));
        } else if (namesNothing(step.name())) {
          problems.add(
              step.nameNode(),
              "decision '%s' has no step that it can name: only workers depend on it; allowed: at least one"
                  .formatted(step.name()));
        }
      }
      case STANDARD -> {
        // Any dependencies will do.
      }
    }
  }

  private boolean namesNothing(String decision) {
    return steps.stream()
        .filter(step -> step.step().type() != StepType.BATCH_WORKER)
        .noneMatch(
            step ->
                step.step().dependencies().contains(decision)
                    || ancestry.of(step.name()).contains(decision));
  }

  private static boolean isWorkerOf(ReadStep step, String batchable) {
    return step.step().type() == StepType.BATCH_WORKER
        && step.step().dependencies().contains(batchable);
  }

  private long count(ReadStep step, StepType type) {
    return step.dependencies().stream()
        .map(dependency -> byName.get(dependency.name()))
        .filter(other -> other != null && other.step().type() == type)
        .count();
  }

  /** Whether a step descends from a decision. */
  private boolean isBehindDecision(ReadStep.Dependency dependency) {
    return ancestry.of(dependency.name()).stream()
        .map(byName::get)
        .anyMatch(above -> above != null && above.step().type() == StepType.DECISION);
  }

  private void checkWorkerNames() {
    for (ReadStep worker : steps) {
      if (worker.step().type() != StepType.BATCH_WORKER || worker.name().isEmpty()) {
        continue;
      }
      for (ReadStep step : steps) {
        if (step.name().startsWith(worker.name() + "_")) {
          problems.add(
              step.nameNode(),
              "step '%s' looks like an instance of worker template '%s'; allowed: no name that begins with '%s_'"
                  .formatted(step.name(), worker.name(), worker.name()));
        }
      }
    }
  }
}
