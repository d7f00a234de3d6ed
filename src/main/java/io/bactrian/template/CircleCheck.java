package io.bactrian.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds circles of dependencies, and the steps behind them, which can never run. */
final class CircleCheck {
  private final List<ReadStep> steps;
  private final Map<String, ReadStep> byName;
  private final Ancestry ancestry;
  private final Problems problems;

  CircleCheck(List<ReadStep> steps, Map<String, ReadStep> byName, Problems problems) {
    this.steps = steps;
    this.byName = byName;
    this.ancestry = new Ancestry(byName);
    this.problems = problems;
  }

  void check() {
    if (checkCircles()) {
      checkReach();
    }
  }

  /** Whether there are any. */
  private boolean checkCircles() {
    Set<String> done = new HashSet<>();
    boolean found = false;
    for (ReadStep step : steps) {
      found |= walk(step, new ArrayList<>(), done);
    }
    return found;
  }

  /** Steps that are in no circle themselves and wait for one. */
  private void checkReach() {
    Set<String> circling =
        byName.keySet().stream()
            .filter(name -> ancestry.of(name).contains(name))
            .collect(Collectors.toSet());
    for (ReadStep step : steps) {
      if (circling.contains(step.name())) {
        continue;
      }
      ancestry.of(step.name()).stream()
          .filter(circling::contains)
          .findFirst()
          .ifPresent(
              name ->
                  problems.add(
                      step.nameNode(),
                      "step '%s' can never run: it waits for '%s', which waits for itself"
                          .formatted(step.name(), name)));
    }
  }

  private boolean walk(ReadStep step, List<String> path, Set<String> done) {
    int start = path.indexOf(step.name());
    if (start >= 0) {
      String circle = path.subList(start, path.size()).stream().collect(Collectors.joining(" -> "));
      problems.add(
          step.nameNode(), "circular dependencies: %s -> %s".formatted(circle, step.name()));
      return true;
    }
    if (done.contains(step.name())) {
      return false;
    }
    boolean found = false;
    path.add(step.name());
    for (String dependency : step.step().dependencies()) {
      ReadStep next = byName.get(dependency);
      if (next != null) {
        found |= walk(next, path, done);
      }
    }
    path.remove(path.size() - 1);
    done.add(step.name());
    return found;
  }
}
