package io.bactrian.template;

import java.util.Locale;

/** The kinds of step a template may declare; each is a route template of the same name. */
public enum StepType {
  STANDARD,
  DECISION,
  BATCHABLE,
  BATCH_WORKER,
  DEFERRED_CONVERGENCE;

  /** The word of YAML, SQL and JSON: {@code batch_worker}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The id of the route template that runs steps of this type: {@code batch-worker}. */
  public String routeTemplateId() {
    return word().replace('_', '-');
  }
}
