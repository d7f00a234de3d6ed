package io.bactrian.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind standard output.
 *
 * @param isThere whether it is a terminal, and not a file or a pipe
 * @param columns how wide it is
 * @param rows how high it is
 */
record Terminal(boolean isThere, int columns, int rows) {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})\\s*");
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;
  private static final int LEAST_COLUMNS = 40;

  /** A file or a pipe: lines are as long as they are, so that other programs see all of them. */
  static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE, ROWS);

  /** Looks; where there is no shell to ask, there is no terminal. */
  static Terminal ofStandardOutput() {
    try {
      if (new ProcessBuilder("sh", "-c", "test -t 1").inheritIO().start().waitFor() != 0) {
        return NONE;
      }
      Process stty = new ProcessBuilder("sh", "-c", "stty size < /dev/tty").start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return sized(size);
    } catch (IOException e) {
      return NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NONE;
    }
  }

  /** A terminal of the size that stty tells; 80 by 24 where it tells none. */
  static Terminal sized(String stty) {
    Matcher size = SIZE.matcher(stty);
    if (!size.matches() || size.group(2).equals("0")) {
      return new Terminal(true, COLUMNS, ROWS);
    }
    return new Terminal(
        true,
        Math.max(LEAST_COLUMNS, Integer.parseInt(size.group(2))),
        Math.max(1, Integer.parseInt(size.group(1))));
  }
}
