package io.bactrian.task;

/** A task with its figures. */
public record TaskOverview(Task task, TaskFigures figures) {

  /** Whether something runs, could run, waits, is blocked or is done. */
  public String executionStatus() {
    StepCounts counts = task.counts();
    if (figures.stepsRunning() > 0) {
      return "processing";
    }
    if (counts.ready() > 0) {
      return "has_ready_steps";
    }
    if (counts.done() == counts.total()) {
      return "all_complete";
    }
    return counts.failed() > 0 && counts.waiting() == 0
        ? "blocked_by_failures"
        : "waiting_for_dependencies";
  }

  /**
   * How much of the task is done, from 0 to 100: records where a file was planned, weighted half
   * with steps, else steps.
   */
  public double completionPercentage() {
    StepCounts counts = task.counts();
    if (counts.total() == 0 || counts.done() == counts.total()) {
      return 100;
    }
    double steps = 100.0 * counts.done() / counts.total();
    if (figures.rowsTotal() == 0) {
      return round(steps);
    }
    double rows = 100.0 * figures.rowsDone() / figures.rowsTotal();
    return round(Math.min(99.9, (steps + rows) / 2));
  }

  private static double round(double value) {
    return Math.floor(value * 10) / 10;
  }
}
