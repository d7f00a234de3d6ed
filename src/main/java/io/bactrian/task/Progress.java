package io.bactrian.task;

/**
 * How far the records of a task are.
 *
 * @param state the task's state
 * @param rowsTotal records planned, 0 before planning
 * @param rowsDone records whose checkpoint is committed
 * @param rowsRejected those of them that were set aside
 * @param stepsRunning steps in progress right now
 */
public record Progress(
    TaskState state, long rowsTotal, long rowsDone, long rowsRejected, int stepsRunning) {}
