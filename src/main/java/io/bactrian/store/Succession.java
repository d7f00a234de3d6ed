package io.bactrian.store;

import io.bactrian.step.Expansion;
import io.bactrian.step.NewSteps;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.Placeholders;
import io.bactrian.step.StepLease;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.NewTask.NewStep;
import io.bactrian.template.TaskTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What follows from a completed step: what it creates exists, and who waited only for it is ready.
 */
final class Succession {
  private final String actor;
  private final StepTable steps;
  private final GateTable gates;
  private final WorkerTable workers;
  private final StepGraph graph;
  private final Branches branches;

  Succession(Database database, String actor) {
    this.actor = actor;
    this.steps = new StepTable(database);
    this.gates = new GateTable(database);
    this.workers = new WorkerTable(database);
    this.graph = new StepGraph(database);
    this.branches = new Branches(database);
  }

  /** Lets follow what follows; answers what that does to the task's other steps. */
  Change after(StepLease step, Expansion created) {
    if (created instanceof NewSteps chosen) {
      return choose(step, chosen.template());
    }
    if (created instanceof Placeholders placeholders) {
      return divide(step, placeholders.workers(), true);
    }
    return divide(step, List.of((NewWorkers) created), false);
  }

  private Change divide(StepLease step, List<NewWorkers> asked, boolean noOp) {
    List<NewWorkers> created = asked.stream().filter(w -> !w.isEmpty()).toList();
    if (!created.isEmpty()) {
      graph.lock(step.taskUuid());
    }
    int total = 0;
    for (NewWorkers part : created) {
      int size = part.workers().size();
      gates.widen(step.taskUuid(), part.dependents(), size, noOp ? 0 : size);
      total += size;
    }
    int ready = pass(step.stepUuid());
    for (NewWorkers part : created) {
      ready += workers.create(step, part, noOp, actor);
    }
    return new Change(total - ready, ready, 0, 0, 0);
  }

  private Change choose(StepLease decision, TaskTemplate template) {
    UUID task = decision.taskUuid();
    graph.lock(task);
    List<NewStep> coming = branches.coming(task, template);
    if (coming.isEmpty()) {
      int freed = pass(decision.stepUuid());
      return new Change(-freed, freed, 0, 0, 0);
    }
    graph.insert(task, coming, actor, "follows from " + decision.name());
    holdBackWorkers(task, template, coming);
    int ready = pass(decision.stepUuid());
    ready += steps.enqueue(graph.connect(task, coming), actor);
    return new Change(coming.size() - ready, ready, 0, 0, 0);
  }

  private void holdBackWorkers(UUID task, TaskTemplate template, List<NewStep> coming) {
    var parents = new ArrayList<String>();
    var waiting = new ArrayList<String>();
    for (NewStep step : coming) {
      template.steps().stream()
          .filter(worker -> template.isWorker(worker.name()))
          .filter(worker -> template.waitsFor(worker).contains(step.name()))
          .forEach(
              worker -> {
                parents.add(step.name());
                waiting.add(worker.name());
              });
    }
    if (!parents.isEmpty()) {
      graph.holdBack(task, parents, waiting);
    }
  }

  private int pass(UUID step) {
    return pass(List.of(step));
  }

  /** Lets who waited only for these completed steps be ready; answers how many that are. */
  int pass(Collection<UUID> completed) {
    return steps.enqueue(gates.pass(completed), actor);
  }
}
