package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on the command line, from the failure to the end of the task. */
final class OperatorCommandsTest {
  @TempDir private Path folder;
  private FlakyHome home;

  @BeforeEach
  void writeTheWorkflows() throws IOException {
    home = new FlakyHome(folder);
  }

  @Test
  void aFailedStepIsRetriedAndTheTaskGoesOn() {
    Cli.Outcome failed = home.cli().run("run", "demo/flaky", "--json");
    String task = FlakyHome.uuid(failed);
    assertThat(failed.exit()).isEqualTo(1);
    assertThat(failed.err()).contains(" retry " + task).contains(" resume " + task);

    JsonNode retried =
        FlakyHome.json(
            home.cli().run("retry", task, "--by", "anna", "--reason", "new feed", "--json"));

    assertThat(retried.get("previous_status").asText()).isEqualTo("blocked_by_failures");
    assertThat(retried.get("status").asText()).isEqualTo("steps_in_process");
    assertThat(retried.at("/steps/0").asText()).isEqualTo("work");
    assertThat(retried.get("go_on_with").asText()).contains(" resume " + task);
    JsonNode resumed = FlakyHome.json(home.cli().run("resume", task, "--json"));
    assertThat(resumed.get("status").asText()).isEqualTo("complete");
    assertThat(resumed.at("/steps/0/attempts").asInt()).isEqualTo(2);
    JsonNode shown = FlakyHome.json(home.cli().run("task", task, "--json"));
    assertThat(shown.at("/failed_attempts/0/error").asText()).isEqualTo("not yet, attempt 1");
    assertThat(shown.get("transitions").findValuesAsText("actor")).contains("user:anna");
    assertThat(shown.get("transitions").findValuesAsText("reason")).contains("new feed");
    assertThat(shown.at("/dead_letters/0/resolution").asText()).isEqualTo("manually_resolved");
  }

  @Test
  void aTaskIsShownWithItsStepsAttemptsAndHistory() {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome shown = home.cli().run("task", task);

    assertThat(shown.out())
        .contains("demo/flaky@1: blocked by failures")
        .containsPattern("work +standard +error +1 of 1")
        .containsPattern("after +standard +pending +0 of 3")
        .contains("work  attempt 1 failed: not yet, attempt 1")
        .contains("in_progress -> error")
        .contains("steps_in_process -> blocked_by_failures")
        .contains("max_retries_exceeded, pending");
  }

  @Test
  void aFailedStepIsResolvedWithoutAResult() {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));

    assertThat(home.cli().run("resolve", task).exit())
        .as("of a step, or the whole task")
        .isEqualTo(2);
    Cli.Outcome resolved = home.cli().run("resolve", task, "work");

    assertThat(resolved.out())
        .contains("resolve: task " + task + " is steps_in_process, was blocked_by_failures")
        .contains("steps: work")
        .contains("go on with: ");
    assertThat(FlakyHome.json(home.cli().run("resume", task, "--json")).at("/result/seen").asInt())
        .as("work has no result")
        .isZero();
  }

  @Test
  void aFailedStepIsCompletedWithAResult() throws IOException {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));
    Path result = Files.writeString(folder.resolve("result.json"), "{\"price\": 1.50}");

    assertThat(home.cli().run("complete", task, "work", "--result", "[1]").exit()).isEqualTo(2);
    Cli.Outcome completed =
        home.cli().run("complete", task, "work", "--result-file", result.toString(), "--json");

    assertThat(FlakyHome.json(completed).at("/steps/0").asText()).isEqualTo("work");
    JsonNode document = FlakyHome.json(home.cli().run("resume", task, "--json"));
    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.at("/steps/0/results/result").toString()).isEqualTo("{\"price\":1.50}");
    assertThat(document.at("/result/seen").asInt()).isEqualTo(1);
  }

  @Test
  void aWholeTaskIsResolved() {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));

    assertThat(
            FlakyHome.json(home.cli().run("resolve", task, "--whole-task", "--json"))
                .get("status")
                .asText())
        .isEqualTo("resolved_manually");
    assertThat(home.cli().run("watch", task).exit()).isZero();
  }

  @Test
  void aTaskIsCancelledOnce() {
    String task = home.cli().run("submit", "demo/flaky").out().strip();

    assertThat(FlakyHome.json(home.cli().run("cancel", task, "--json")).get("status").asText())
        .isEqualTo("cancelled");
    Cli.Outcome again = home.cli().run("cancel", task);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err())
        .isEqualToIgnoringNewLines(
            "bactrian: cancel is not possible: task %s is cancelled; allowed: pending, steps_in_process, waiting_for_retry, paused, blocked_by_failures"
                .formatted(task));
  }

  @Test
  void whatDoesNotExistIsExitThree() {
    String nobody = UUID.randomUUID().toString();
    String task = home.cli().run("submit", "demo/flaky").out().strip();

    assertThat(home.cli().run("cancel", nobody).exit()).isEqualTo(3);
    assertThat(home.cli().run("retry", task, "wrok").exit()).isEqualTo(3);
    assertThat(home.cli().run("watch", nobody).exit()).isEqualTo(3);
    assertThat(home.cli().run("dlq", "show", nobody).exit()).isEqualTo(3);
    assertThat(home.cli().run("dlq", "put", nobody).exit()).isEqualTo(3);
    assertThat(home.cli().run("dlq", "update", nobody, "--priority", "1").exit()).isEqualTo(3);
  }

  @Test
  void aRerunIsANewTask() {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome rerun = home.cli().run("rerun", task, "--json");

    String again = FlakyHome.uuid(rerun);
    assertThat(again).isNotEqualTo(task);
    assertThat(FlakyHome.json(home.cli().run("task", again, "--json")).get("rerun_of").asText())
        .isEqualTo(task);
    assertThat(FlakyHome.json(home.cli().run("resume", again, "--json")).get("status").asText())
        .isEqualTo("blocked_by_failures");
  }

  @Test
  void watchPrintsHowATaskMovesUntilItIsAtRest() {
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));

    Cli.Outcome watched = home.cli().run("watch", task);

    assertThat(watched.exit()).isEqualTo(1);
    assertThat(watched.out()).contains("blocked_by_failures  0 of 0 records  0 steps running");
    assertThat(FlakyHome.json(home.cli().run("watch", task, "--json")).get("task_uuid").asText())
        .isEqualTo(task);
  }
}
