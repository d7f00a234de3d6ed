package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/handlers.md} shows, run as it stands there. */
final class HandlersDocTest {
  private static final Path PAGE = Path.of("docs/handlers.md");

  @TempDir private Path folder;

  @Test
  void everyKindOfCallableAnswersAsThePageSays() throws IOException {
    new Documented(PAGE).writeTo(folder);

    JsonNode document = Json.MAPPER.valueToTree(cli().run("run", "docs/handlers", "--json").json());

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.findValuesAsText("says"))
        .contains("Hello Ada", "Hello Bob", "Hi Cyd", "Hi Dot", "Good evening Eve");
  }

  @Test
  void aHandlerInPythonCountsTheRecordsOfAFile() throws Exception {
    assumeTrue(hasPython(), "python3 is not installed here");
    int port = freePort();
    new Documented(PAGE).set(":8099/", ":" + port + "/").writeTo(folder);
    Files.writeString(folder.resolve("cities.csv"), "city\nOslo\nRoma\nWien\nOslo\n");
    Process python =
        new ProcessBuilder(
                "python3", folder.resolve("docs/count.py").toString(), String.valueOf(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("python.log").toFile())
            .start();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> listens(port));
      String file = folder.resolve("cities.csv").toString();

      Cli.Outcome outcome =
          cli().run("run", "docs/count_over_http", "--set", "csv_file_path=" + file, "--json");

      JsonNode document = Json.MAPPER.valueToTree(outcome.json());
      assertThat(document.at("/result/rows").asInt()).as(outcome.out()).isEqualTo(4);
      assertThat(document.get("steps")).hasSize(4);
    } finally {
      python.destroyForcibly().waitFor();
    }
  }

  @Test
  void aRouteSetsACityAsideWhosePeopleAreNoNumber() throws IOException {
    new Documented(PAGE).writeTo(folder);
    String file = "city,people\nOslo,7\nRoma,many\nWien,2\nBern,x\nGent,1\n";
    Path cities = Files.writeString(folder.resolve("cities.csv"), file);

    JsonNode document =
        Json.MAPPER.valueToTree(
            cli()
                .run("run", "docs/count_people", "--set", "csv_file_path=" + cities, "--json")
                .json());

    assertThat(document.get("status").asText()).isEqualTo("complete");
    assertThat(document.at("/result/people").asInt()).isEqualTo(10);
  }

  @Test
  void aKameletThatIsNotThereIsAnErrorWhenTheTemplateLoads() throws IOException {
    new Documented(PAGE).set("kamelet:say-kamelet?", "kamelet:say-kamelets?").writeTo(folder);
    Path template = folder.resolve("docs/templates/handlers.yaml");

    Cli.Outcome outcome = cli().run("templates", "validate", template.toString());

    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.err()).contains("names a kamelet that is neither a route template nor");
  }

  private Cli cli() {
    return new Cli(folder.resolve("home"))
        .set("bactrian.routes.dir", folder.resolve("docs/routes").toString())
        .set("bactrian.templates.dir", folder.resolve("docs/templates").toString());
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
