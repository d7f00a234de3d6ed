package io.bactrian.batch;

import io.bactrian.step.Completion;
import io.bactrian.step.Expansion;
import io.bactrian.step.NewSteps;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.template.Catalog;
import io.bactrian.template.Nearest;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the outcome of a decision step: who is named, how many, and how deep they stand. */
public final class BranchExpansion implements Completion {
  private final Catalog catalog;
  private final DecisionLimits limits;

  /**
   * @param catalog the templates
   * @param limits how much decisions may create
   */
  public BranchExpansion(Catalog catalog, DecisionLimits limits) {
    this.catalog = catalog;
    this.limits = limits;
  }

  @Override
  public Expansion of(StepLease lease, Map<String, Object> result) {
    if (lease.type() != StepType.DECISION) {
      return NewWorkers.NONE;
    }
    TaskTemplate template =
        catalog
            .step(lease.routeId())
            .map(Catalog.Entry::template)
            .orElseThrow(() -> new IllegalStateException("no template for " + lease.routeId()));
    DecisionOutcome outcome =
        DecisionOutcome.ofResult(result)
            .orElseThrow(
                () ->
                    new InvalidOutcome(
                        "decision %s answered no %s; allowed: no_branches, create_steps"
                            .formatted(lease.name(), DecisionOutcome.RESULT_KEY)));
    check(template, lease.templateStep(), outcome.stepNames());
    return new NewSteps(template);
  }

  private void check(TaskTemplate template, String decision, List<String> names) {
    if (names.size() > limits.steps()) {
      throw new InvalidOutcome(
          "step_names has %d names; allowed: at most %d (setting bactrian.decision.max-steps)"
              .formatted(names.size(), limits.steps()));
    }
    List<String> allowed =
        template.steps().stream()
            .filter(step -> step.type() != StepType.BATCH_WORKER)
            .map(StepTemplate::name)
            .filter(name -> template.ancestors(name).contains(decision))
            .toList();
    for (String name : names) {
      if (!allowed.contains(name)) {
        throw new InvalidOutcome(
            "step_names has '%s'%s; allowed: steps that descend from %s: %s"
                .formatted(
                    name, Nearest.hint(name, allowed), decision, String.join(", ", allowed)));
      }
    }
    checkDepth(new DecisionChains(template), decision, names);
  }

  private void checkDepth(DecisionChains chains, String decision, List<String> names) {
    List<String> chain = chains.longestTo(decision);
    if (chain.size() < limits.depth()) {
      return;
    }
    for (String name : names) {
      Optional<String> next = chains.comingWith(decision, name);
      if (next.isPresent()) {
        throw new InvalidOutcome(
            "step_names has '%s', which creates decision %d in the chain %s -> %s; allowed: at most %d (setting bactrian.decision.max-depth)"
                .formatted(
                    name,
                    chain.size() + 1,
                    String.join(" -> ", chain),
                    next.get(),
                    limits.depth()));
      }
    }
  }
}
