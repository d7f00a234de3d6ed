package io.bactrian.template;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.Node;

/** Checks that every handler and fold a template names is there, and is one thing. */
final class HandlerCheck {
  private final HandlerNames names;
  private final Problems problems;

  HandlerCheck(HandlerNames names, Problems problems) {
    this.names = names;
    this.problems = problems;
  }

  void check(ReadStep step) {
    String callable = step.step().callable();
    if (step.callable().isEmpty() || callable.isEmpty()) {
      return;
    }
    Node where = step.callable().get();
    HandlerNames.Resolution resolution = names.resolve(step.step());
    if (resolution instanceof HandlerNames.Ambiguous ambiguous) {
      problems.add(
          where,
          "step '%s': handler '%s' is %s; allowed: one of them, rename the other"
              .formatted(step.name(), callable, String.join(" and ", ambiguous.kinds())));
    } else if (resolution instanceof HandlerNames.Unusable unusable) {
      problems.add(
          where,
          "step '%s': handler '%s' %s%s"
              .formatted(
                  step.name(), callable, unusable.why(), Nearest.names(callable, names.known())));
    }
    step.step().fold().ifPresent(fold -> checkFold(step, step.fold().orElse(where), fold));
  }

  private void checkFold(ReadStep step, Node where, String fold) {
    if (!names.isFold(fold)) {
      List<String> folds = names.folds().stream().sorted().toList();
      problems.add(
          where,
          "step '%s': fold '%s' is no AggregationStrategy bean%s; known: %s"
              .formatted(step.name(), fold, Nearest.hint(fold, folds), String.join(", ", folds)));
    }
  }
}
