package io.bactrian.task;

/**
 * What of a task is counted from its steps and checkpoints.
 *
 * @param stepsRunning steps in progress right now
 * @param rowsTotal records planned, 0 before planning
 * @param rowsDone records whose checkpoint is committed
 * @param rowsRejected those of them that were rejected
 */
public record TaskFigures(int stepsRunning, long rowsTotal, long rowsDone, long rowsRejected) {}
