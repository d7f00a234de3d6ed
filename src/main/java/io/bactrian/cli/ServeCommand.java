package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code serve}: a node that works for whatever is submitted, until it is told to stop. */
@Command(
    description = "Runs a node that works for submitted tasks. SIGTERM drains it.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final Engines engines;

  @Spec private CommandSpec spec;
  @Mixin private SettingOptions settings = new SettingOptions();

  ServeCommand(Engines engines) {
    this.engines = engines;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Engine engine = engines.node(settings.settings(), false);
        var interruption = new Interruption(engine, "", ExitCode.COMPLETE)) {
      // Not where the log goes, which may be read by a program.
      PrintWriter out = spec.commandLine().getOut();
      engine.api().ifPresent(address -> out.println("bactrian listens on " + address));
      out.println("bactrian serves; Ctrl-C or SIGTERM drains");
      out.flush();
      new CountDownLatch(1).await();
      return ExitCode.COMPLETE;
    }
  }
}
