package io.bactrian.task;

/** What an operator names does not exist: a task, a step, a dead letter. */
public final class UnknownTarget extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownTarget(String message) {
    super(message);
  }
}
