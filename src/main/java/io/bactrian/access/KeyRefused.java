package io.bactrian.access;

/** A key that cannot be made. */
public final class KeyRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeyRefused(String message) {
    super(message);
  }
}
