package io.bactrian.task;

/** Tells what there is to do. Thread safe. */
public interface Workloads {
  /**
   * The workload now; its cost depends on the number of tasks that have not ended, not of steps.
   */
  Workload now();
}
