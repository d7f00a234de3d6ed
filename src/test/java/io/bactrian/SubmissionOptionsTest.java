package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of a submission on the command line do. */
final class SubmissionOptionsTest {
  @TempDir private Path folder;
  private Cli cli = new Cli(Path.of("target/unused"));

  @BeforeEach
  void writeTheWorkflow() throws IOException {
    Path routes = Files.createDirectories(folder.resolve("routes"));
    Path templates = Files.createDirectories(folder.resolve("templates"));
    Files.writeString(
        templates.resolve("tell.yaml"),
        """
        name: tell
        namespace_name: demo
        version: "1"
        steps:
          - {name: tell, handler: {callable: "log:tell"}}
        """);
    cli =
        new Cli(folder.resolve("home"))
            .set("bactrian.routes.dir", routes.toString())
            .set("bactrian.templates.dir", templates.toString());
  }

  @Test
  void whoWhyHowUrgentlyAndByWhichNamesIsKeptAndShown() {
    JsonNode submitted =
        json(
            cli.run(
                "submit",
                "demo/tell",
                "--priority",
                "7",
                "--tag",
                "nightly",
                "--tag",
                "eu",
                "--idempotency-key",
                "feed-1",
                "--correlation-id",
                "order-9",
                "--parent-correlation-id",
                "batch-3",
                "--initiator",
                "anna",
                "--reason",
                "new feed",
                "--json"));
    String task = submitted.get("task_uuid").asText();

    JsonNode shown = json(cli.run("task", task, "--json"));

    assertThat(submitted.get("created").asBoolean()).isTrue();
    assertThat(shown.get("priority").asInt()).isEqualTo(7);
    assertThat(shown.get("tags").toString()).isEqualTo("[\"nightly\",\"eu\"]");
    assertThat(shown.get("idempotency_key").asText()).isEqualTo("feed-1");
    assertThat(shown.get("correlation_id").asText()).isEqualTo("order-9");
    assertThat(shown.get("parent_correlation_id").asText()).isEqualTo("batch-3");
    assertThat(shown.get("initiator").asText()).isEqualTo("anna");
    assertThat(shown.get("reason").asText()).isEqualTo("new feed");
    assertThat(cli.run("task", task).out())
        .contains("priority 7", "nightly, eu", "feed-1", "order-9", "batch-3", "anna", "new feed");
  }

  @Test
  void theSameKeyIsTheSameTaskAndThePolicySaysWhatTheSecondGets() {
    String first = submit();

    assertThat(submit()).as("the default").isEqualTo(first);
    assertThat(submit("--on-duplicate", "return-existing")).isEqualTo(first);
    assertThat(submit("--on-duplicate", "rerun-if-failed")).as("it is open").isEqualTo(first);
    Cli.Outcome refused =
        cli.run("submit", "demo/tell", "--idempotency-key", "feed-1", "--on-duplicate", "reject");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains(first);

    assertThat(cli.run("cancel", first).exit()).isZero();
    assertThat(submit("--on-duplicate", "return-existing")).isEqualTo(first);
    String second = submit("--on-duplicate", "rerun-if-failed");
    assertThat(second).isNotEqualTo(first);
    assertThat(submit()).as("the newest of the key").isEqualTo(second);
  }

  @ParameterizedTest
  @CsvSource({
    "--priority, 1001, 1000",
    "--priority, high, high",
    "--on-duplicate, twice, rerun-if-failed",
    "--tag, '', tag"
  })
  void whatIsNotAllowedIsAUsageErrorThatSaysWhatIs(String option, String value, String said) {
    Cli.Outcome outcome = cli.run("submit", "demo/tell", option, value);

    assertThat(outcome.exit()).isEqualTo(2);
    assertThat(outcome.err()).contains(said);
  }

  private String submit(String... policy) {
    var arguments = new String[4 + policy.length];
    System.arraycopy(
        new String[] {"submit", "demo/tell", "--idempotency-key", "feed-1"}, 0, arguments, 0, 4);
    System.arraycopy(policy, 0, arguments, 4, policy.length);
    Cli.Outcome outcome = cli.run(arguments);
    assertThat(outcome.err()).isEmpty();
    return outcome.out().strip();
  }

  private static JsonNode json(Cli.Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    return Json.MAPPER.valueToTree(outcome.json());
  }
}
