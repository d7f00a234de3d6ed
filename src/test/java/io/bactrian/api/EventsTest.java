package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens, told as it happens. */
final class EventsTest {
  @TempDir private Path home;

  @Test
  void whoComesBackWithTheLastIdHearsWhatCameAfterIt() throws Exception {
    try (var node = new ApiNode(home, Map.of())) {
      ApiClient api = node.client();
      List<String> heard;
      try (var listener = new Ear(api.address(), "")) {
        String first = submit(api);
        listener.awaitEnd(first);
        heard = List.copyOf(listener.lines);
      }
      assertThat(states(heard)).containsExactly("pending", "steps_in_process", "complete");
      String secondId = ids(heard).get(1);

      String meanwhile = submit(api);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> api.get("/v1/tasks/" + meanwhile).at("/status").equals("complete"));
      try (var again = new Ear(api.address(), secondId)) {
        again.awaitEnd(meanwhile);
        assertThat(states(again.lines))
            .containsExactly("complete", "pending", "steps_in_process", "complete");
        assertThat(ids(again.lines)).contains(ids(heard).get(2)).doesNotContain(secondId);
      }
    }
  }

  private static String submit(ApiClient api) {
    return api.post("/v1/tasks", ApiTest.INVENTORY).at("/task_uuid");
  }

  private static List<String> ids(List<String> lines) {
    return lines.stream().filter(l -> l.startsWith("id: ")).map(l -> l.substring(4)).toList();
  }

  private static List<String> states(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains("\"to_state\""))
        .map(line -> line.replaceFirst(".*\"to_state\":\"([a-z_]+)\".*", "$1"))
        .toList();
  }

  /** A client that listens. */
  private static final class Ear implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final java.io.InputStream stream;

    Ear(URI address, String lastId) throws IOException, InterruptedException {
      var request = HttpRequest.newBuilder(URI.create(address + "/v1/events"));
      if (!lastId.isEmpty()) {
        request.setHeader("Last-Event-ID", lastId);
      }
      stream =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream()).body();
      var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      var thread =
          new Thread(
              () -> {
                try {
                  reader.lines().forEach(lines::add);
                } catch (java.io.UncheckedIOException e) {
                  // Closed by the test.
                }
              },
              "ear");
      thread.setDaemon(true);
      thread.start();
      await().atMost(Duration.ofMinutes(1)).until(() -> lines.contains("retry: 1000"));
    }

    void awaitEnd(String task) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(
              () ->
                  lines.stream()
                      .anyMatch(l -> l.contains(task) && l.contains("\"to_state\":\"complete\"")));
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
