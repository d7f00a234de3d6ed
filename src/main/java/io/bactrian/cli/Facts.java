package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.List;

/** Lines of a label and a text beside it; what is no plain text is escaped. */
record Facts(PrintWriter out) {

  Facts add(String label, String text) {
    out.printf("%-14s  %s%n", label, Printable.of(text));
    return this;
  }

  /** The label stands beside the first text only. */
  Facts add(String label, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      add(i == 0 ? label : "", texts.get(i));
    }
    return this;
  }
}
