package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stops workers that run, and how they come back. */
final class RunningBatchesTest {
  @TempDir private Path folder;
  private FlakyHome home;

  @BeforeEach
  void writeTheWorkflows() throws IOException {
    home = new FlakyHome(folder);
  }

  @Test
  void aRunningRangeIsPausedAtItsNextCheckpointAndGoesOnExactly() throws IOException {
    home.batches("failure_strategy: continue_on_failure");
    Sleeper.momentMillis = 700;
    Path file = home.numbers(IntStream.rangeClosed(1, 60_000).mapToObj(String::valueOf).toList());
    var run =
        CompletableFuture.supplyAsync(
            () ->
                home.cli().run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json"));
    await().atMost(FlakyHome.SOON).until(() -> home.count("select count(*) from checkpoints") > 0);
    String task = home.one("select cast(task_uuid as text) from tasks");

    assertThat(FlakyHome.json(home.cli().run("pause", task, "--json")).get("status").asText())
        .isEqualTo("paused");

    Cli.Outcome paused = run.join();
    Sleeper.momentMillis = 1;
    assertThat(paused.exit()).isEqualTo(1);
    assertThat(FlakyHome.json(paused).get("status").asText()).isEqualTo("paused");
    assertThat(home.count("select count(*) from workflow_steps where state = 'in_progress'"))
        .isZero();
    assertThat(home.count("select sum(records_read) from checkpoints")).isBetween(1_000L, 59_000L);
    assertThat(FlakyHome.json(home.cli().run("resume", "--json")).get("status").asText())
        .as("resume un-pauses none")
        .isEqualTo("paused");
    home.cli().run("unpause", task);
    JsonNode document = FlakyHome.json(home.cli().run("resume", task, "--json"));
    assertThat(document.at("/result/rows").asInt()).isEqualTo(60_000);
    assertThat(document.at("/steps/1/attempts").asInt()).as("a pause is no attempt").isEqualTo(1);
  }

  @Test
  void failFastStopsTheWorkerThatRunsAndRetryBringsItBack() throws IOException {
    home.batches("failure_strategy: fail_fast, retry: {max_attempts: 1}");
    Path file = home.numbers(List.of("slow", "bad"));

    Cli.Outcome failed =
        home.cli()
            .set("bactrian.lease.ttl", "1500ms")
            .set("bactrian.node.slots", "2")
            .run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json");

    assertThat(states(FlakyHome.json(failed))).isEqualTo("complete cancelled error pending");
    assertThat(FlakyHome.json(failed).get("elapsed_ms").asInt()).isLessThan(120_000);
    assertThat(FlakyHome.json(failed).at("/steps/1/attempts").asInt()).isZero();
    assertThat(
            home.one(
                "select inputs #>> '{batch_metadata,failure_strategy}' from workflow_steps where name = 'count_001'"))
        .isEqualTo("fail_fast");
    JsonNode retried = FlakyHome.json(home.cli().run("retry", FlakyHome.uuid(failed), "--json"));
    assertThat(retried.get("steps")).hasSize(2);
  }

  @Test
  void siblingsOfAFailedWorkerGoOnOtherwise() throws IOException {
    home.batches("retry: {max_attempts: 1}");
    Path file = home.numbers(List.of("bad", "1"));

    Cli.Outcome failed =
        home.cli().run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json");

    assertThat(states(FlakyHome.json(failed))).isEqualTo("complete error complete pending");
  }

  @Test
  void aHandlerIsStoppedWhenTheTimeOfItsTaskIsOver() throws IOException {
    home.batches("retry: {max_attempts: 1}");
    Path file = home.numbers(List.of("slow", "1"));
    var run =
        CompletableFuture.supplyAsync(
            () ->
                home.cli()
                    .set("bactrian.lease.ttl", "1500ms")
                    .run("run", "demo/batches", "--set", "csv_file_path=" + file, "--json"));
    await()
        .atMost(FlakyHome.SOON)
        .until(
            () ->
                home.count(
                        "select count(*) from workflow_steps where state = 'in_progress' and type = 'batch_worker'")
                    == 1);
    long start = System.nanoTime();
    home.change("update tasks set deadline_at = now() - interval '1 second'");

    Cli.Outcome ended = run.join();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(55));
    assertThat(FlakyHome.json(ended).get("status").asText()).isEqualTo("error");
    assertThat(ended.exit()).isEqualTo(1);
  }

  private static String states(JsonNode document) {
    return String.join(" ", document.get("steps").findValuesAsText("current_state"));
  }
}
