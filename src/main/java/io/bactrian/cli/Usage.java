package io.bactrian.cli;

import io.bactrian.template.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command, and what was probably meant. */
final class Usage {
  private static final List<String> SERVER = List.of("--server", "--key-file");

  private Usage() {}

  static String message(ParameterException failure, List<String> arguments) {
    CommandLine line = failure.getCommandLine();
    for (String option : SERVER) {
      if (isGiven(option, arguments) && line.getCommandSpec().findOption(option) == null) {
        return localOnly(line, option);
      }
    }
    if (failure instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(line, unmatched);
    }
    // Picocli says which exception a converter threw, or which type; that tells nobody anything.
    return String.valueOf(failure.getMessage())
        .replaceFirst(" \\(java\\..*\\)$", "")
        .replaceFirst(" is not an int$", "; allowed: a whole number, at most " + Integer.MAX_VALUE)
        .replaceFirst(" is not a long$", "; allowed: a whole number, at most " + Long.MAX_VALUE);
  }

  private static boolean isGiven(String option, List<String> arguments) {
    return arguments.stream().anyMatch(a -> a.equals(option) || a.startsWith(option + "="));
  }

  private static String localOnly(CommandLine line, String option) {
    String command = line.getCommandSpec().qualifiedName(" ").replaceFirst("^[^ ]+ ", "");
    return "%s works on this machine and takes no %s; a server is asked by run, submit, tasks, task, steps, watch, rejects, graph, templates list, dlq and the verbs"
        .formatted(command, option);
  }

  private static String unmatched(CommandLine line, UnmatchedArgumentException failure) {
    String found = failure.getUnmatched().get(0);
    if (found.startsWith("-")) {
      String option = found.replaceFirst("=.*", "");
      return "unknown option '%s'%s".formatted(option, Nearest.hint(option, options(line)));
    }
    Set<String> commands = line.getSubcommands().keySet();
    return commands.isEmpty()
        ? "'%s' is one argument too many".formatted(found)
        : "unknown command '%s'%s".formatted(found, Nearest.names(found, commands));
  }

  private static List<String> options(CommandLine line) {
    var names = new ArrayList<String>();
    line.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
    return names;
  }
}
