package io.bactrian.cli;

import io.bactrian.task.LiveTask;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;

/**
 * A task while somebody watches: on a terminal one picture that is drawn over and over, elsewhere a
 * line for each change.
 */
final class LiveView {
  private final Screen screen;
  private int drawn;
  private String last = "";

  LiveView(Screen screen) {
    this.screen = screen;
  }

  void show(LiveTask live) {
    if (screen.terminal().isThere()) {
      draw(new LiveFrame(live, screen, Instant.now()).lines());
    } else {
      tell(live);
    }
  }

  private void draw(List<String> lines) {
    PrintWriter out = screen.out();
    if (drawn > 0) {
      out.print("\033[" + drawn + "A\033[J");
    }
    lines.forEach(out::println);
    out.flush();
    drawn = lines.size();
  }

  private void tell(LiveTask live) {
    String line =
        "%-19s  %d of %d records  %d steps running%s"
            .formatted(
                live.overview().task().state().word(),
                live.overview().figures().rowsDone(),
                live.overview().figures().rowsTotal(),
                live.overview().figures().stepsRunning(),
                live.etaSeconds().map(eta -> "  " + LiveFrame.time(eta) + " left").orElse(""));
    if (!line.equals(last)) {
      screen.out().println(line);
      screen.out().flush();
      last = line;
    }
  }
}
