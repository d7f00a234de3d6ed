package io.bactrian.task;

/** What an operator names does not exist: a task, a step, a dead letter. */
public final class UnknownTarget extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isPruned;

  public UnknownTarget(String message) {
    this(message, false);
  }

  private UnknownTarget(String message, boolean isPruned) {
    super(message);
    this.isPruned = isPruned;
  }

  /** A task that was there, and of which only the receipt is left. */
  public static UnknownTarget pruned(String message) {
    return new UnknownTarget(message, true);
  }

  public boolean isPruned() {
    return isPruned;
  }
}
