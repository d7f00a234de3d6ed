package io.bactrian;

import io.bactrian.cli.BactrianCommand;
import java.util.Arrays;
import java.util.logging.LogManager;

/** The program. */
public final class Bactrian {
  private static final String LOG_LEVEL = "bactrian.log.level";
  private static final String CAMEL_LOG_LEVEL = "bactrian.log.camel";

  private Bactrian() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // The drivers log to java.util.logging what they also throw.
    LogManager.getLogManager().reset();
    // From Java 24 on, Netty's use of Unsafe prints warnings between the program's own lines.
    System.setProperty("io.netty.noUnsafe", "true");
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, logLevel(arguments));
    }
    leaveLoggingOut();
    System.exit(BactrianCommand.over(new Wiring(), arguments).execute(arguments));
  }

  /** Where nothing is logged, the logging library need not be loaded: a command is over sooner. */
  private static void leaveLoggingOut() {
    boolean off = "off".equals(System.getProperty(LOG_LEVEL));
    if (off && System.getProperty(CAMEL_LOG_LEVEL) == null) {
      System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
      // Else it says so.
      System.setProperty("slf4j.internal.verbosity", "WARN");
    }
  }

  /** A serving node tells its operator what happens; other commands print it themselves. */
  private static String logLevel(String[] arguments) {
    String given = System.getenv("BACTRIAN_LOG_LEVEL");
    if (given != null) {
      return given;
    }
    return Arrays.asList(arguments).contains("serve") ? "info" : "off";
  }
}
