package io.bactrian.task;

import java.util.UUID;

/** A task of the same identity exists, and the submission is to be refused then. */
public final class DuplicateTask extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final UUID existing;

  public DuplicateTask(UUID existing) {
    super("a task of the same identity exists: %s; nothing was submitted".formatted(existing));
    this.existing = existing;
  }

  /** The task that exists. */
  public UUID existing() {
    return existing;
  }
}
