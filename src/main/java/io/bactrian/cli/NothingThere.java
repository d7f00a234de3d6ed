package io.bactrian.cli;

import io.bactrian.template.Nearest;
import java.util.Collection;

/** What the command names does not exist. */
final class NothingThere extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String code;

  NothingThere(String message) {
    this("not_found", message);
  }

  private NothingThere(String code, String message) {
    super(message);
    this.code = code;
  }

  /**
   * @param kind what was looked for: a template, or a template and something else
   * @param known the templates that there are
   */
  static NothingThere template(String kind, String reference, Collection<String> known) {
    return new NothingThere(
        "unknown_template",
        "there is no %s %s%s; known: %s"
            .formatted(kind, reference, Nearest.hint(reference, known), String.join(", ", known)));
  }

  /** The same word as the API has. */
  String code() {
    return code;
  }
}
