package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.LiveTask;
import io.bactrian.task.Step;
import io.bactrian.task.StepCounts;
import io.bactrian.task.StepDetail;
import io.bactrian.task.Task;
import io.bactrian.task.TaskFigures;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskState;
import io.bactrian.template.StepType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LiveFrameTest {
  private static final Instant NOW = Instant.parse("2026-11-25T20:43:43Z");

  private static LiveTask task(int running) {
    var task =
        new Task(
            new UUID(0, 7),
            "demo",
            "cities",
            "1",
            TaskState.STEPS_IN_PROCESS,
            Map.of(),
            new StepCounts(120, running, 0, 2, 78),
            NOW.minusSeconds(125),
            NOW,
            Optional.empty());
    return LiveTask.of(
        new TaskOverview(task, new TaskFigures(running, 1_000_000, 420_000, 3)),
        Json.readTree(
            """
            {"rows_per_second": 12345.6, "eta_seconds": 47, "elapsed_seconds": 125.4,
             "stragglers": [{"name": "work_002", "usual_seconds": 3.2}]}
            """),
        IntStream.rangeClosed(1, Math.min(running, 40)).mapToObj(LiveFrameTest::worker).toList(),
        List.of(failed()));
  }

  private static StepDetail worker(int number) {
    return detail(
        "work_%03d".formatted(number), StepState.IN_PROGRESS, Optional.empty(), 20L * number);
  }

  private static StepDetail failed() {
    return detail(
        "work_099",
        StepState.ERROR,
        Optional.of(Map.of("error", Map.of("message", "row 7 of\nthe file is bad"))),
        9);
  }

  private static StepDetail detail(
      String name, StepState state, Optional<Map<String, Object>> results, long age) {
    return new StepDetail(
        new Step(
            new UUID(0, 1), name, "work", StepType.BATCH_WORKER, state, 1, 4, List.of(), results),
        Map.of("cursor", Map.of("batch_size", 2000)),
        Optional.of(Map.of("records_read", 150)),
        true,
        Optional.empty(),
        NOW,
        Optional.of(NOW.minusSeconds(age)),
        Optional.empty());
  }

  private static List<String> lines(int running, int columns, int rows) {
    var screen =
        new Screen(new PrintWriter(new StringWriter()), new Terminal(true, columns, rows), false);
    return new LiveFrame(task(running), screen, NOW).lines();
  }

  @Test
  void itTellsHowFarHowFastWhoWorksWhoLagsAndWhatFailed() {
    assertThat(lines(2, 120, 40))
        .containsExactly(
            "demo/cities@1  steps in process",
            "task 00000000-0000-0000-0000-000000000007",
            "[############------------------]  40.3 %",
            "420000 of 1000000 records, 3 rejected, 12346/s, 47 s left, 78 of 202 steps, 2 min 5 s",
            "",
            "  work_001                      1 of 4  150 of 2000  20 s",
            "  work_002                      1 of 4  150 of 2000  40 s  straggler, usually 3 s",
            "",
            "  work_099                      failed  row 7 of the file is bad",
            "  and 1 more failed");
  }

  @ParameterizedTest
  @CsvSource({"80, 24", "40, 24", "132, 12", "40, 8", "500, 60"})
  void itFitsTheTerminal(int columns, int rows) {
    List<String> lines = lines(500, columns, rows);

    assertThat(lines).hasSizeLessThan(Math.max(rows, 12));
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
    assertThat(lines).anySatisfy(line -> assertThat(line).contains("more at work"));
  }
}
