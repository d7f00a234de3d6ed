package io.bactrian.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped program as a node that serves, asked over REST as its clients ask it. */
final class ServingNode implements AutoCloseable {
  private static final int MINUTES = 10;
  private static final int STOP_SECONDS = 30;
  private static final int LOOK_MILLIS = 200;
  private static final Pattern ADDRESS = Pattern.compile("http://[0-9.]+:[0-9]+");

  private final Process process;
  private final Path log;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;

  private ServingNode(Process process, Path log) throws IOException, InterruptedException {
    this.process = process;
    this.log = log;
    this.address = awaitAddress();
  }

  /**
   * Starts a node and waits until it serves.
   *
   * @param home its home, with the templates
   * @param files the folder of the files that tasks may name
   */
  static ServingNode start(Launcher launcher, Path home, Path files)
      throws IOException, InterruptedException {
    List<String> command =
        launcher.command(
            List.of("serve", "-Dbactrian.api.port=0", "-Dbactrian.data-roots=" + files));
    Path log = Files.createTempFile("bench", ".serve");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(launcher.environment(home));
    return new ServingNode(builder.start(), log);
  }

  private String awaitAddress() throws IOException, InterruptedException {
    while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      Matcher address = ADDRESS.matcher(Files.readString(log));
      if (address.find()) {
        return address.group();
      }
    }
    throw new IllegalStateException("the node does not serve: " + Files.readString(log));
  }

  /**
   * Runs a job on a file that the node must take for another one than before: its modification time
   * is now.
   *
   * @return its answer; from its submission to its end as the node tells it; from the request to
   *     the sight of the result as this client sees it, to {@value #LOOK_MILLIS} ms; the node's
   *     peak; what its checkpoints cost
   */
  Child.Outcome job(Path file) throws IOException, InterruptedException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    var task =
        Map.of(
            "namespace",
            "bench",
            "name",
            "inventory",
            "context",
            Map.of("csv_file_path", file.toString()));
    Checkpoints before = Checkpoints.of(text(get("/metrics")));
    long began = System.nanoTime();
    String uuid = ask(post(Json.write(task))).path("task_uuid").asText();
    long end = began + TimeUnit.MINUTES.toNanos(MINUTES);
    JsonNode state = ask(get("/v1/tasks/" + uuid));
    while (!state.path("status").asText().equals("complete")) {
      if (System.nanoTime() > end || state.path("failed_steps").asInt() > 0) {
        throw new IllegalStateException("the served job came no further than " + state);
      }
      Thread.sleep(LOOK_MILLIS);
      state = ask(get("/v1/tasks/" + uuid));
    }
    long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    Duration took = Duration.between(instant(state, "created_at"), instant(state, "completed_at"));
    return new Child.Outcome(
        Figures.of(result(uuid)),
        took.toMillis(),
        whole,
        Child.peak(process),
        Checkpoints.of(text(get("/metrics"))).since(before));
  }

  private JsonNode result(String uuid) throws IOException, InterruptedException {
    JsonNode page = ask(get("/v1/tasks/" + uuid + "/workflow_steps?type=deferred_convergence"));
    return page.path("workflow_steps").path(0).path("results").path("result");
  }

  private static Instant instant(JsonNode state, String name) {
    return Instant.parse(state.path(name).asText());
  }

  private HttpRequest get(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).build();
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(URI.create(address + "/v1/tasks"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private JsonNode ask(HttpRequest request) throws IOException, InterruptedException {
    return Json.readTree(text(request));
  }

  private String text(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException("%s: %s".formatted(request, answer.body()));
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.delete(log);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
