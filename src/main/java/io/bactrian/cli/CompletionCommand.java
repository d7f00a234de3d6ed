package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script with which a shell completes commands, options and their words. */
@Command(
    description = "Prints a script that lets a shell complete commands and options.",
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;

  /** The shells there are. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
  private Shell shell = Shell.bash;

  CompletionCommand(Engines engines) {
    this.engines = engines;
  }

  /** Picocli's script serves both: it loads zsh's bashcompinit where it runs in zsh. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    switch (shell) {
      case bash -> out.println("# For this bash: source <(bactrian completion bash)");
      case zsh -> out.println("# For this zsh: source <(bactrian completion zsh)");
    }
    out.print(AutoComplete.bash("bactrian", BactrianCommand.over(engines)));
    out.flush();
    return ExitCode.COMPLETE;
  }
}
