package io.bactrian.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks how the steps of a template hang together. */
final class GraphCheck {
  private final List<ReadStep> steps;
  private final Map<String, ReadStep> byName = new HashMap<>();
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
    checkCircles();
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
        }
      }
      case STANDARD -> {
        // Any dependencies will do.
      }
    }
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
    var seen = new HashSet<String>();
    var open = new ArrayDeque<>(List.of(dependency.name()));
    while (!open.isEmpty()) {
      ReadStep step = byName.get(open.pop());
      for (ReadStep.Dependency parent :
          step == null ? List.<ReadStep.Dependency>of() : step.dependencies()) {
        ReadStep above = byName.get(parent.name());
        if (above != null && above.step().type() == StepType.DECISION) {
          return true;
        }
        if (seen.add(parent.name())) {
          open.push(parent.name());
        }
      }
    }
    return false;
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

  private void checkCircles() {
    Set<String> done = new HashSet<>();
    for (ReadStep step : steps) {
      walk(step, new ArrayList<>(), done);
    }
  }

  private void walk(ReadStep step, List<String> path, Set<String> done) {
    int start = path.indexOf(step.name());
    if (start >= 0) {
      String circle = path.subList(start, path.size()).stream().collect(Collectors.joining(" -> "));
      problems.add(
          step.nameNode(), "circular dependencies: %s -> %s".formatted(circle, step.name()));
      return;
    }
    if (done.contains(step.name())) {
      return;
    }
    path.add(step.name());
    for (String dependency : step.step().dependencies()) {
      ReadStep next = byName.get(dependency);
      if (next != null) {
        walk(next, path, done);
      }
    }
    path.remove(path.size() - 1);
    done.add(step.name());
  }
}
