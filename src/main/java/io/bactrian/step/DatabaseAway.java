package io.bactrian.step;

/**
 * The database did not answer, or ended the connection. Not a failure of any step: who works waits
 * and goes on.
 */
public final class DatabaseAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseAway(Throwable cause) {
    super("the database is away: " + cause.getMessage(), cause);
  }
}
