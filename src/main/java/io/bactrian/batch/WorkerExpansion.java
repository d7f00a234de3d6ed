package io.bactrian.batch;

import io.bactrian.batch.BatchProcessingOutcome.CreateBatches;
import io.bactrian.json.Json;
import io.bactrian.step.Completion;
import io.bactrian.step.Expansion;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.Placeholders;
import io.bactrian.step.StepLease;
import io.bactrian.template.Catalog;
import io.bactrian.template.Nearest;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the outcome of a batchable step into the workers to create. */
public final class WorkerExpansion implements Completion {
  private final Catalog catalog;

  public WorkerExpansion(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Expansion of(StepLease lease, Map<String, Object> result) {
    if (lease.type() != StepType.BATCHABLE) {
      return NewWorkers.NONE;
    }
    BatchProcessingOutcome outcome =
        BatchProcessingOutcome.ofResult(result)
            .orElseThrow(
                () ->
                    new InvalidOutcome(
                        "batchable step %s answered no %s; allowed: no_batches, create_batches"
                            .formatted(lease.name(), BatchProcessingOutcome.RESULT_KEY)));
    TaskTemplate template =
        catalog
            .step(lease.routeId())
            .map(Catalog.Entry::template)
            .orElseThrow(() -> new IllegalStateException("no template for " + lease.routeId()));
    return outcome instanceof CreateBatches create
        ? expand(template, lease.templateStep(), create)
        : placeholders(template, lease.templateStep());
  }

  private static NewWorkers expand(TaskTemplate template, String batchable, CreateBatches create) {
    StepTemplate worker = worker(template, batchable, create.workerTemplateName());
    return workers(
        template,
        worker,
        create.totalItems(),
        create.cursorConfigs().stream().map(cursor -> worker(worker, cursor)).toList());
  }

  private static Expansion placeholders(TaskTemplate template, String batchable) {
    boolean all = template.step(batchable).map(s -> s.worker().placeholder()).orElse(false);
    List<NewWorkers> workers =
        template.workersOf(batchable).stream()
            .filter(worker -> all || worker.worker().placeholder())
            .map(
                worker ->
                    workers(
                        template,
                        worker,
                        0,
                        List.of(
                            new NewWorkers.Worker(
                                worker.name() + "_000",
                                Json.write(BatchWorkerInputs.placeholder(worker).toMap())))))
            .toList();
    return workers.isEmpty() ? NewWorkers.NONE : new Placeholders(workers);
  }

  private static NewWorkers workers(
      TaskTemplate template, StepTemplate worker, long items, List<NewWorkers.Worker> workers) {
    return new NewWorkers(
        worker.name(),
        template.routeId(worker),
        template.steps().indexOf(worker),
        worker.retry().maxAttempts(),
        worker.worker().maxParallel(),
        worker.worker().badRows().maxRejects(items),
        template.waitsFor(worker),
        template.dependents(worker.name()).stream().map(StepTemplate::name).toList(),
        workers);
  }

  private static NewWorkers.Worker worker(StepTemplate template, CursorConfig cursor) {
    return new NewWorkers.Worker(
        template.name() + "_" + cursor.batchId(),
        Json.write(BatchWorkerInputs.of(cursor, template).toMap()));
  }

  private static StepTemplate worker(TaskTemplate template, String batchable, String name) {
    List<String> allowed = template.workersOf(batchable).stream().map(StepTemplate::name).toList();
    Optional<StepTemplate> step = template.step(name);
    if (!allowed.contains(name) || step.isEmpty()) {
      throw new InvalidOutcome(
          "worker_template_name is '%s'%s; allowed: a batch_worker that depends on %s: %s"
              .formatted(name, Nearest.hint(name, allowed), batchable, String.join(", ", allowed)));
    }
    return step.get();
  }
}
