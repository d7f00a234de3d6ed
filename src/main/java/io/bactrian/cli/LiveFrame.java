package io.bactrian.cli;

import io.bactrian.task.LiveTask;
import io.bactrian.task.StepCounts;
import io.bactrian.task.StepDetail;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One look at a task as lines: how far it is, who works, who lags behind, what failed. */
final class LiveFrame {
  private static final int BAR = 30;
  private static final int FIXED_LINES = 9;

  private final LiveTask live;
  private final Screen screen;
  private final Instant now;

  /**
   * @param now for how long workers have been running
   */
  LiveFrame(LiveTask live, Screen screen, Instant now) {
    this.live = live;
    this.screen = screen;
    this.now = now;
  }

  List<String> lines() {
    int room = Math.max(2, screen.terminal().rows() - FIXED_LINES);
    int failures = Math.min(live.failed().size(), Math.max(1, room / 3));
    int workers = Math.min(live.running().size(), room - failures);
    var lines = new ArrayList<String>();
    String state = live.overview().task().state().word();
    String title = live.overview().task().reference() + "  ";
    lines.add(title + screen.paint(state, state.replace('_', ' ')));
    lines.add("task " + live.overview().task().uuid());
    lines.add(bar());
    lines.add(figures());
    if (workers > 0) {
      lines.add("");
      live.running().subList(0, workers).forEach(step -> lines.add(worker(step)));
      more(lines, live.overview().figures().stepsRunning() - workers, "at work");
    }
    if (failures > 0) {
      lines.add("");
      live.failed().subList(0, failures).forEach(step -> lines.add(failure(step)));
      more(lines, live.overview().task().counts().failed() - failures, "failed");
    }
    return lines.stream().map(this::fitted).toList();
  }

  private String bar() {
    double percent = live.overview().completionPercentage();
    int full = (int) Math.round(percent * BAR / 100);
    return String.format(
        Locale.ROOT, "[%s%s] %5.1f %%", "#".repeat(full), "-".repeat(BAR - full), percent);
  }

  private String figures() {
    TaskFigures figures = live.overview().figures();
    StepCounts counts = live.overview().task().counts();
    var parts = new ArrayList<String>();
    if (figures.rowsTotal() > 0) {
      parts.add("%d of %d records".formatted(figures.rowsDone(), figures.rowsTotal()));
    }
    if (figures.rowsRejected() > 0) {
      parts.add("%d rejected".formatted(figures.rowsRejected()));
    }
    live.rowsPerSecond().ifPresent(rate -> parts.add(String.format(Locale.ROOT, "%.0f/s", rate)));
    live.etaSeconds().ifPresent(eta -> parts.add(time(eta) + " left"));
    parts.add("%d of %d steps".formatted(counts.done(), counts.total()));
    parts.add(time(Math.round(live.elapsedSeconds())));
    return String.join(", ", parts);
  }

  private String worker(StepDetail detail) {
    long running = detail.startedAt().map(at -> Duration.between(at, now).toSeconds()).orElse(0L);
    Double usual = live.usualSeconds().get(detail.step().name());
    String lag =
        usual == null
            ? ""
            : "  " + screen.paint("straggler", "straggler, usually " + time(Math.round(usual)));
    return "  %-28s  %d of %d  %s  %s%s"
        .formatted(
            Table.cut(detail.step().name(), 28),
            detail.step().attempts(),
            detail.step().maxAttempts(),
            records(detail),
            time(Math.max(0, running)),
            lag);
  }

  private static String records(StepDetail detail) {
    Object done = detail.checkpoint().map(c -> c.get("records_read")).orElse(0);
    Object size =
        detail.inputs().get("cursor") instanceof Map<?, ?> cursor ? cursor.get("batch_size") : null;
    return size == null ? "" : "%s of %s".formatted(done, size);
  }

  private String failure(StepDetail detail) {
    return "  %-28s  %s  %s"
        .formatted(
            Table.cut(detail.step().name(), 28),
            screen.paint("error", "failed"),
            TaskResult.message(detail.step()).replaceAll("\\s+", " "));
  }

  private static void more(List<String> lines, int rest, String what) {
    if (rest > 0) {
      lines.add("  and %d more %s".formatted(rest, what));
    }
  }

  /** Cut to the terminal's width; colours take no room. */
  private String fitted(String line) {
    String plain = line.replaceAll("\033\\[[0-9;]*m", "");
    int columns = screen.terminal().columns();
    return plain.length() <= columns ? line : Table.cut(plain, columns);
  }

  /** Seconds in the two largest units: {@code 3 s}, {@code 2 min 5 s}, {@code 1 h 20 min}. */
  static String time(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
  }
}
