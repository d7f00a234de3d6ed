package io.bactrian.cli;

import java.util.List;

/** A server answered with an error, or not as Bactrian does, or not at all. */
public final class ServerRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient List<?> details;

  /**
   * @param status the HTTP status; 0 = none came
   * @param code what kind of error, as in the API
   * @param message what was found and what is allowed
   * @param details each problem
   */
  public ServerRefused(int status, String code, String message, List<?> details) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = List.copyOf(details);
  }

  /** No answer came; it may come later. */
  public static ServerRefused away(String message) {
    return new ServerRefused(0, "server_away", message, List.of());
  }

  public int status() {
    return status;
  }

  String code() {
    return code;
  }

  List<?> details() {
    return details;
  }

  /** Whether the same request may be answered later. */
  boolean isAway() {
    return (status == 0 && code.equals("server_away")) || status == 503;
  }

  /** How a command ends then; the same as over a database. */
  int exitCode() {
    return switch (status) {
      case 400, 415 -> ExitCode.USAGE;
      case 404, 410 -> ExitCode.NOTHING_THERE;
      default -> ExitCode.FAILED;
    };
  }
}
