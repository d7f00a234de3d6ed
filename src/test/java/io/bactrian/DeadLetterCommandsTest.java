package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that need a person: who finds them, and what is done with their dead letters. */
final class DeadLetterCommandsTest {
  @TempDir private Path folder;
  private FlakyHome home;

  @BeforeEach
  void writeTheWorkflows() throws IOException {
    home = new FlakyHome(folder);
  }

  @Test
  void deadLettersAreListedShownChangedAndCounted() {
    assertThat(home.cli().run("dlq", "stats").out().strip()).isEqualTo("no dead letters");
    String task = FlakyHome.uuid(home.cli().run("run", "demo/flaky", "--json"));
    JsonNode listed = Json.readTree(home.cli().run("dlq", "list", "--json").out());
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/task_uuid").asText()).isEqualTo(task);
    assertThat(listed.at("/0/reason").asText()).isEqualTo("max_retries_exceeded");
    String letter = listed.at("/0/dead_letter_uuid").asText();
    assertThat(home.cli().run("dlq", "list").out()).contains(letter).contains(task);

    JsonNode shown = FlakyHome.json(home.cli().run("dlq", "show", letter, "--json"));
    assertThat(shown.at("/snapshot/steps/0/error/message").asText())
        .isEqualTo("not yet, attempt 1");
    assertThat(home.cli().run("dlq", "show", letter).out())
        .contains("step         work")
        .containsPattern("work +error +1 of 1  not yet, attempt 1");
    JsonNode updated =
        FlakyHome.json(
            home.cli()
                .run(
                    "dlq",
                    "update",
                    letter,
                    "--priority",
                    "9",
                    "--note",
                    "asked the supplier",
                    "--resolution",
                    "permanently_failed",
                    "--by",
                    "anna",
                    "--json"));
    assertThat(updated.get("priority").asInt()).isEqualTo(9);
    assertThat(updated.get("resolved_by").asText()).isEqualTo("user:anna");
    assertThat(updated.get("notes").asText()).startsWith("user:anna: asked the supplier");
    assertThat(home.cli().run("dlq", "list", "--json").out().strip()).isEqualTo("[ ]");
    assertThat(FlakyHome.json(home.cli().run("dlq", "put", task, "--json")).get("reason").asText())
        .isEqualTo("manual_dlq");
    JsonNode stats = FlakyHome.json(home.cli().run("dlq", "stats", "--json"));
    assertThat(stats.at("/by_resolution/permanently_failed").asInt()).isEqualTo(1);
    assertThat(stats.at("/pending_by_reason/manual_dlq").asInt()).isEqualTo(1);
    assertThat(home.cli().run("dlq", "update", letter, "--resolution", "gone").exit()).isEqualTo(2);
  }

  @Test
  void aServingNodeReportsTasksThatNobodyServesAndThatStandStill() {
    String task = home.cli().run("submit", "demo/flaky").out().strip();
    var serving =
        new Wiring()
            .node(
                Map.of(
                    "bactrian.home", folder.resolve("other").toString(),
                    "bactrian.database.url", home.url(),
                    "bactrian.poll", "100ms",
                    "bactrian.stale.after", "2s",
                    "bactrian.worker.unavailable.after", "2s",
                    "bactrian.api.port", "0"),
                false);
    try (serving) {
      await()
          .atMost(FlakyHome.SOON)
          .until(
              () ->
                  home.count(
                          "select count(distinct reason) from dead_letters where resolution = 'pending'")
                      == 2);
    }
    assertThat(
            Json.readTree(home.cli().run("dlq", "list", "--task", task, "--json").out())
                .findValuesAsText("reason"))
        .containsExactlyInAnyOrder("staleness_timeout", "worker_unavailable");
  }

  @Test
  void aNodeMendsAGateThatWasDamaged() {
    String task = home.cli().run("submit", "demo/flaky").out().strip();
    home.change("update workflow_steps set inputs = '{\"failures\": 0}'");
    home.change("update step_gates set pending = pending + 1");

    assertThat(FlakyHome.json(home.cli().run("resume", task, "--json")).get("status").asText())
        .isEqualTo("complete");
  }
}
