package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's "Add a workflow", run as it stands there. */
final class ReadmeTest {
  @TempDir private Path folder;

  @Test
  void aNewWorkflowIsOneTemplateAndOneRoute() throws IOException {
    new Documented(Path.of("README.md")).writeTo(folder);
    Path cities = folder.resolve("cities.csv");
    Files.writeString(
        cities, "city,people\nOslo,717710\n\"Roma, \"\"eterna\"\"\",2748109\nOslo,1\n");

    Cli.Outcome outcome =
        new Cli(folder.resolve("home"))
            .set("bactrian.routes.dir", folder.resolve("my/routes").toString())
            .set("bactrian.templates.dir", folder.resolve("my/templates").toString())
            .run("run", "demo/cities", "--set", "csv_file_path=" + cities, "--json");

    JsonNode document = Json.MAPPER.valueToTree(outcome.json());
    assertThat(document.get("result").toString())
        .as(outcome.err())
        .isEqualTo("{\"rows\":3,\"people\":3465820}");
    try (var files = Files.walk(folder.resolve("my"))) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("cities.yaml", "count-rows.camel.yaml");
    }
  }
}
