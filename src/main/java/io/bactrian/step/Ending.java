package io.bactrian.step;

/**
 * Why an attempt is told to end before its work is done.
 *
 * <p>Two kinds. Those at the next checkpoint leave the present chunk in peace; the lease is given
 * back then and no attempt is counted. Those at once interrupt the handler, which can write nothing
 * more.
 */
public enum Ending {
  NODE_DRAINS("the node drains"),
  TASK_PAUSED("the task is paused"),
  LEASE_LOST("the lease is lost"),
  TIMED_OUT("the time of the attempt is over"),
  STALLED("the attempt makes no progress");

  private final String reason;

  Ending(String reason) {
    this.reason = reason;
  }

  /** The reason as a transition row tells it. */
  public String reason() {
    return reason;
  }

  /** Whether the handler is interrupted, instead of ending at the next checkpoint. */
  public boolean isAtOnce() {
    return switch (this) {
      case NODE_DRAINS, TASK_PAUSED -> false;
      case LEASE_LOST, TIMED_OUT, STALLED -> true;
    };
  }
}
