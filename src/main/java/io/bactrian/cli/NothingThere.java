package io.bactrian.cli;

/** What the command names does not exist. */
final class NothingThere extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NothingThere(String message) {
    super(message);
  }
}
