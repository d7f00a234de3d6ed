package io.bactrian.cli;

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

  static NothingThere template(String message) {
    return new NothingThere("unknown_template", message);
  }

  /** The same word as the API has. */
  String code() {
    return code;
  }
}
