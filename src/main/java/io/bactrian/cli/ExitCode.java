package io.bactrian.cli;

/** What the program's exit code says. */
final class ExitCode {
  static final int COMPLETE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;
  static final int NOTHING_THERE = 3;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
