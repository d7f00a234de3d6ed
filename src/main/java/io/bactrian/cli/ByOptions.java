package io.bactrian.cli;

import io.bactrian.task.By;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who acts by hand, and why; it is written down with what they do. */
final class ByOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--by", paramLabel = "NAME", description = "Who acts. Default: you.")
  private String name = System.getProperty("user.name", "unknown");

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why. Default: by hand")
  private String reason = "by hand";

  By by() {
    try {
      return new By("user:" + name, reason);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
