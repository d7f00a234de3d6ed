package io.bactrian.cli;

/** When and how words are coloured. */
enum Colour {
  auto,
  always,
  never;

  private static final String RESET = "\033[0m";

  /** Whether to colour: told so, or on a terminal where NO_COLOR is not set. */
  boolean isOn(boolean isTerminal) {
    return switch (this) {
      case always -> true;
      case never -> false;
      case auto -> isTerminal && isWanted();
    };
  }

  private static boolean isWanted() {
    String no = System.getenv("NO_COLOR");
    return (no == null || no.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
  }

  /** A word of state in its colour: done is green, failed red, waiting yellow. */
  static String paint(String word, String text) {
    String code =
        switch (word) {
          case "complete", "resolved_manually", "recovered" -> "32";
          case "error", "blocked_by_failures", "permanently_failed", "max_retries_exceeded" -> "31";
          case "waiting_for_retry", "paused", "cancelled", "straggler" -> "33";
          case "in_progress", "steps_in_process" -> "36";
          default -> "";
        };
    return code.isEmpty() ? text : "\033[" + code + "m" + text + RESET;
  }
}
