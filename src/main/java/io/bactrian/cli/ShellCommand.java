package io.bactrian.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A command of this program as a shell line that can be copied and run. */
final class ShellCommand {
  /** System property: how the launcher was called. */
  static final String LAUNCHER = "bactrian.launcher";

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private ShellCommand() {}

  /** The launcher, then the arguments, quoted where the shell would read them otherwise. */
  static String of(List<String> arguments) {
    var words = new ArrayList<String>();
    words.add(System.getProperty(LAUNCHER, "./bactrian"));
    words.addAll(arguments);
    return words.stream().map(ShellCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
