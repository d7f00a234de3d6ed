package io.bactrian.batch;

import io.bactrian.step.Completion;
import io.bactrian.step.Expansion;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.StepLease;
import io.bactrian.template.Catalog;
import java.util.Map;

/** Turns the outcome of any step into what its completion creates. */
public final class StepExpansion implements Completion {
  private final WorkerExpansion workers;
  private final BranchExpansion branches;

  /**
   * @param catalog the templates
   * @param limits how much decisions may create
   */
  public StepExpansion(Catalog catalog, DecisionLimits limits) {
    this.workers = new WorkerExpansion(catalog);
    this.branches = new BranchExpansion(catalog, limits);
  }

  @Override
  public Expansion of(StepLease lease, Map<String, Object> result) {
    return switch (lease.type()) {
      case BATCHABLE -> workers.of(lease, result);
      case DECISION -> branches.of(lease, result);
      case STANDARD, BATCH_WORKER, DEFERRED_CONVERGENCE -> NewWorkers.NONE;
    };
  }
}
