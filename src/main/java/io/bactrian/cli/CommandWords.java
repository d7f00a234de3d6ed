package io.bactrian.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The words of the command that is running. */
final class CommandWords {
  private CommandWords() {}

  /** All of them but some options: the command, its arguments, then the other options. */
  static List<String> without(CommandSpec spec, Collection<String> options) {
    ParseResult parsed = spec.commandLine().getParseResult();
    var words = new ArrayList<>(List.of(spec.name()));
    parsed.matchedPositionals().forEach(p -> words.addAll(p.originalStringValues()));
    for (OptionSpec option : parsed.matchedOptions()) {
      if (Arrays.stream(option.names()).noneMatch(options::contains)) {
        words.addAll(words(option));
      }
    }
    return words;
  }

  private static List<String> words(OptionSpec option) {
    String name = option.longestName();
    if (option.arity().max() == 0) {
      return List.of(name);
    }
    String between = name.startsWith("--") ? "=" : "";
    return option.originalStringValues().stream().map(value -> name + between + value).toList();
  }
}
