package io.bactrian.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints what people read.
 *
 * @param out standard output
 * @param terminal what stands behind it
 * @param isColoured whether words may have colours
 */
record Screen(PrintWriter out, Terminal terminal, boolean isColoured) {

  /** That of a command. */
  static Screen of(CommandSpec spec) {
    Terminal terminal = Terminal.ofStandardOutput();
    Colour colour =
        spec.root().userObject() instanceof BactrianCommand command
            ? command.colour()
            : Colour.auto;
    return new Screen(spec.commandLine().getOut(), terminal, colour.isOn(terminal.isThere()));
  }

  /** A word of state, coloured if it may be. */
  String paint(String word, String text) {
    return isColoured ? Colour.paint(word, text) : text;
  }
}
