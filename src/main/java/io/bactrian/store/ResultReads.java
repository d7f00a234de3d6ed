package io.bactrian.store;

import io.bactrian.step.DependencyResults;
import io.bactrian.step.ResultBook;
import java.util.Set;
import java.util.UUID;

/** Opens lazy views on the results in {@code workflow_steps}. */
public final class ResultReads implements ResultBook {
  private final Database database;

  public ResultReads(Database database) {
    this.database = database;
  }

  @Override
  public DependencyResults of(UUID task, Set<String> templateSteps) {
    return new TaskResults(database, task, templateSteps);
  }
}
