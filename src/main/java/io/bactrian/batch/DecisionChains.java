package io.bactrian.batch;

import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decisions of a template that stand behind each other. Not thread safe. */
final class DecisionChains {
  private final TaskTemplate template;
  private final Map<String, List<String>> longest = new HashMap<>();

  DecisionChains(TaskTemplate template) {
    this.template = template;
  }

  /** The longest chain of decisions that ends with this step, itself counted if it is one. */
  List<String> longestTo(String step) {
    List<String> known = longest.get(step);
    if (known != null) {
      return known;
    }
    List<String> chain =
        new ArrayList<>(
            template.dependencies(step).stream()
                .map(this::longestTo)
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of()));
    if (template.isDecision(step)) {
      chain.add(step);
    }
    longest.put(step, chain);
    return chain;
  }

  /**
   * The first decision that comes when a decision names a step: the step, one between the two, or
   * one that follows.
   */
  Optional<String> comingWith(String decision, String named) {
    return template.steps().stream()
        .map(StepTemplate::name)
        .filter(template::isDecision)
        .filter(name -> template.ancestors(name).contains(decision))
        .filter(name -> name.equals(named) || isAbove(name, named) || isAbove(named, name))
        .min(Comparator.comparingInt(name -> longestTo(name).size()));
  }

  private boolean isAbove(String upper, String lower) {
    return template.ancestors(lower).contains(upper);
  }
}
