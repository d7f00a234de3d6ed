package io.bactrian.step;

/** Thrown by a handler whose step must not be tried again: the input is wrong, not the moment. */
public class PermanentFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PermanentFailure(String message) {
    super(message);
  }

  public PermanentFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
