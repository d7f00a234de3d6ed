package io.bactrian.task;

import java.util.List;

/** A context that may not be submitted; nothing was created. */
public final class InvalidContext extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidContext(String template, List<String> problems) {
    super(
        "the context does not fit input_schema of %s: %s"
            .formatted(template, String.join("; ", problems)));
  }

  /** A context that is too large, or that could not be kept without a change. */
  public InvalidContext(List<String> problems) {
    super("the context cannot be kept as it is: %s".formatted(String.join("; ", problems)));
  }
}
