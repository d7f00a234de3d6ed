package io.bactrian.route;

import io.bactrian.step.PermanentFailure;
import io.bactrian.step.StepContext;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import java.util.List;

/** What a ready-made batchable handler reads of its step. */
final class WorkerTemplates {
  /** Key of the initialization: which worker template, where several depend on the step. */
  private static final String WORKER = "worker_template";

  private WorkerTemplates() {}

  /** The worker template that a batchable step creates workers from. */
  static String of(Catalog catalog, StepContext step) {
    if (step.inputs().get(WORKER) instanceof String named) {
      return named;
    }
    List<StepTemplate> workers = catalog.workersOf(step.routeId());
    if (workers.size() != 1) {
      throw new PermanentFailure(
          "%d batch_worker steps depend on %s; allowed: one, or initialization.%s naming one of them"
              .formatted(workers.size(), step.templateStep(), WORKER));
    }
    return workers.get(0).name();
  }

  /** The worker templates that a batchable step may create workers from. */
  static List<StepTemplate> of(TaskTemplate template, StepTemplate batchable) {
    Object named = batchable.initialization().get(WORKER);
    return template.workersOf(batchable.name()).stream()
        .filter(worker -> named == null || named.equals(worker.name()))
        .toList();
  }
}
