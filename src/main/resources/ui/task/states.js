// What the states mean for a page.
export const TASK_STATES = [
  "pending",
  "steps_in_process",
  "waiting_for_retry",
  "paused",
  "blocked_by_failures",
  "complete",
  "cancelled",
  "resolved_manually",
  "error",
];

/** The order in which states of steps are told: what needs an eye first. */
export const STEP_STATES = [
  "error",
  "waiting_for_retry",
  "in_progress",
  "enqueued",
  "pending",
  "complete",
  "resolved_manually",
  "cancelled",
];

export const isOver = (status) => ["complete", "cancelled", "resolved_manually", "error"].includes(status);

/** Whether nothing will happen unless somebody acts. */
export const isAtRest = (status) => isOver(status) || status === "paused" || status === "blocked_by_failures";

/** How much is done, 0 to 1: records where they were planned, else steps. */
export function shareOf(task) {
  if (task.status === "complete" || task.status === "resolved_manually") {
    return 1;
  }
  if (task.rows_total > 0) {
    return Math.min(0.999, task.rows_done / task.rows_total);
  }
  return task.total_steps ? task.completed_steps / task.total_steps : 0;
}

/** Seconds that are left at this rate; null when nobody can know. */
export function etaOf(task, rate) {
  const runs = task.status === "steps_in_process" || task.status === "waiting_for_retry";
  return runs && rate > 0 && task.rows_total > 0 ? (task.rows_total - task.rows_done) / rate : null;
}
