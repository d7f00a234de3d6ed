package io.bactrian.store;

import io.bactrian.step.Expansion;
import io.bactrian.store.StepMends.Named;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.By;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Mends steps as part of an operator's transaction: the step moves, what follows from that follows,
 * and its task goes on. Each method answers the names of all steps that have changed by it.
 */
final class Mending {
  private final Database database;
  private final StepMends mends;
  private final FailFast failFast;
  private final GateTable gates;
  private final TaskGateTable taskGates;
  private final NodeTable nodes;

  Mending(Database database) {
    this.database = database;
    this.mends = new StepMends(database);
    this.failFast = new FailFast(database);
    this.gates = new GateTable(database);
    this.taskGates = new TaskGateTable(database);
    this.nodes = new NodeTable(database);
  }

  /** Failed steps are ready: all of a task, or one; where none has failed, nothing changes. */
  List<String> retry(UUID task, Optional<UUID> step, By by) {
    List<String> ready = mends.reset(task, step, by);
    return ready.isEmpty()
        ? ready
        : goOn(task, ready, new Change(0, ready.size(), 0, -ready.size(), 0), by);
  }

  /** A step that waits for its retry is ready. */
  List<String> retryNow(UUID task, UUID step, By by) {
    return goOn(task, mends.dueNow(step, by), new Change(0, 1, -1, 0, 0), by);
  }

  /** A failed step is done without a result; a convergence does not expect one of it. */
  List<String> resolve(UUID task, Named step, Expansion created, By by) {
    List<String> resolved = mends.resolve(step.uuid(), by);
    gates.expectOneLess(step.uuid());
    return pass(task, step, created, resolved, by);
  }

  /** A failed step is complete with a result. */
  List<String> complete(
      UUID task, Named step, Map<String, Object> results, Expansion created, By by) {
    return pass(task, step, created, mends.complete(step.uuid(), results, by), by);
  }

  /** A failed step is done: what it creates exists, and who waited for it is ready. */
  private List<String> pass(UUID task, Named step, Expansion created, List<String> done, By by) {
    Change follows = new Succession(database, by.actor()).after(step.asLease(task), created);
    return goOn(task, done, follows.plus(new Change(0, 0, 0, -1, 1)), by);
  }

  /** The end of every mending. */
  private List<String> goOn(UUID task, List<String> mended, Change change, By by) {
    FailFast.Reopened reopened = failFast.reopen(task, by);
    taskGates.count(task, change.plus(reopened.change()), by.actor(), by.reason());
    nodes.call();
    var changed = new ArrayList<>(mended);
    changed.addAll(reopened.names());
    return changed;
  }
}
