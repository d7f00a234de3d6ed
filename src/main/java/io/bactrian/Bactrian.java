package io.bactrian;

import io.bactrian.cli.BactrianCommand;
import io.bactrian.cli.StandardOutput;
import io.bactrian.cli.Termination;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** The program. */
public final class Bactrian {
  private static final int USAGE = 2;

  private Bactrian() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The drivers log to java.util.logging what they also throw.
    LogManager.getLogManager().reset();
    // From Java 24 on, Netty's use of Unsafe prints warnings between the program's own lines.
    System.setProperty("io.netty.noUnsafe", "true");
    try {
      LogSettings.of(arguments).settle();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    }
    var stdout = new StandardOutput();
    System.setOut(new PrintStream(stdout, true, StandardCharsets.UTF_8));
    System.exit(stdout.exitCode(execute(arguments)));
  }

  private static int execute(String[] arguments) {
    var wiring = new Wiring();
    try (var termination = new Termination(wiring)) {
      return BactrianCommand.over(wiring, arguments).execute(arguments);
    }
  }
}
