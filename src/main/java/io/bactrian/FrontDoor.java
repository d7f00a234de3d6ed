package io.bactrian;

import io.bactrian.batch.DecisionLimits;
import io.bactrian.batch.StepExpansion;
import io.bactrian.step.Completion;
import io.bactrian.step.NewWorkers;
import io.bactrian.store.AuditedDeadLetters;
import io.bactrian.store.AuditedVerbs;
import io.bactrian.store.Database;
import io.bactrian.store.DeadLetterTable;
import io.bactrian.store.HistoryReads;
import io.bactrian.store.LiveReads;
import io.bactrian.store.OperatorVerbs;
import io.bactrian.store.RejectReads;
import io.bactrian.store.TaskReads;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Operations;
import io.bactrian.task.Rejects;
import io.bactrian.task.Reruns;
import io.bactrian.task.Submission;
import io.bactrian.task.TaskBook;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.TaskViews;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepType;
import java.util.function.Supplier;

/**
 * What the doors of Bactrian offer about tasks.
 *
 * @param book creates and adopts tasks
 * @param submission submits them
 * @param views shows tasks
 * @param history shows what became of them
 * @param operations what an operator can do
 * @param deadLetters tasks that need a person
 * @param rejects the records that workers have set aside
 * @param live shows tasks to those who watch them
 */
record FrontDoor(
    TaskBook book,
    Submission submission,
    TaskViews views,
    TaskHistory history,
    Operations operations,
    DeadLetters deadLetters,
    Rejects rejects,
    LiveViews live) {

  /** Over a database; the catalog is asked for only when a verb needs a template. */
  static FrontDoor over(
      Database database,
      TaskBook book,
      Submission submission,
      Supplier<Catalog> catalog,
      DecisionLimits limits) {
    Completion completion =
        (lease, result) ->
            lease.type() == StepType.BATCHABLE || lease.type() == StepType.DECISION
                ? new StepExpansion(catalog.get(), limits).of(lease, result)
                : NewWorkers.NONE;
    var reruns = new Reruns(submission, reference -> catalog.get().find(reference));
    return new FrontDoor(
        book,
        submission,
        new TaskReads(database),
        new HistoryReads(database),
        new AuditedVerbs(database, new OperatorVerbs(database, completion, reruns)),
        new AuditedDeadLetters(database, new DeadLetterTable(database)),
        new RejectReads(database),
        new LiveReads(database));
  }
}
