package io.bactrian.inventory;

/** A field that is not what its column wants. */
final class BadField extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final long ordinal;
  private final String column;
  private final String found;
  private final String allowed;

  BadField(long ordinal, String column, String found, String allowed) {
    super(
        "record %d, column %s: found '%s'; allowed: %s".formatted(ordinal, column, found, allowed));
    this.ordinal = ordinal;
    this.column = column;
    this.found = found;
    this.allowed = allowed;
  }

  long ordinal() {
    return ordinal;
  }

  String column() {
    return column;
  }

  String found() {
    return found;
  }

  String allowed() {
    return allowed;
  }
}
