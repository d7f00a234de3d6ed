package io.bactrian.task;

import java.util.List;

/** A context that the template's {@code input_schema} does not allow. */
public final class InvalidContext extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InvalidContext(String template, List<String> problems) {
    super(
        "the context does not fit input_schema of %s: %s"
            .formatted(template, String.join("; ", problems)));
  }
}
