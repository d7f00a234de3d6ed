package io.bactrian.cli;

import io.bactrian.task.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The bar on stderr: records done of total, rate, time left, workers. Silent where nobody looks.
 */
final class LiveProgress implements AutoCloseable {
  /** System property: the launcher says whether stderr is a terminal. */
  static final String TERMINAL = "bactrian.stderr.terminal";

  private static final int MILLIS = 200;

  private final boolean visible = Boolean.getBoolean(TERMINAL);
  private @Nullable ProgressBar bar;

  void show(Progress progress) {
    if (!visible || progress.rowsTotal() == 0) {
      return;
    }
    if (bar == null) {
      bar = open(progress.rowsTotal());
    }
    bar.maxHint(progress.rowsTotal());
    bar.stepTo(progress.rowsDone());
    bar.setExtraMessage(" " + progress.stepsRunning() + " working");
  }

  private static ProgressBar open(long total) {
    return new ProgressBarBuilder()
        .setTaskName("records")
        .setInitialMax(total)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err))
        .showSpeed()
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
