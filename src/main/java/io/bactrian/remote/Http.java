package io.bactrian.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.cli.Server;
import io.bactrian.cli.ServerRefused;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one server. A 503 is asked again when its {@code Retry-After} is over, for at most a
 * minute: the server has done nothing then. Redirects are not followed, so that the key goes to
 * nobody else. Thread safe.
 */
final class Http {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(60);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long LONGEST_WAIT_SECONDS = 30;
  private static final int LONGEST_ERROR = 1 << 20;
  private static final int BUSY = 503;
  private static final int OK = 200;

  private final Server server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  Http(Server server) {
    this.server = server;
  }

  Server server() {
    return server;
  }

  JsonNode get(String path) {
    return send("GET", path, null).json();
  }

  /** What stands at a path; empty where nothing does. */
  Optional<JsonNode> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (ServerRefused e) {
      if (e.status() == 404 || e.status() == 410) {
        return Optional.empty();
      }
      throw e;
    }
  }

  Reply post(String path, JsonNode body) {
    return send("POST", path, body);
  }

  Reply patch(String path, JsonNode body) {
    return send("PATCH", path, body);
  }

  /** An answer that is no error. */
  record Reply(int status, JsonNode json) {}

  private Reply send(String method, String path, @Nullable JsonNode body) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    HttpRequest request = request(method, path, body).timeout(ANSWER).build();
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    while (response.statusCode() == BUSY && isWorthWaiting(response, end)) {
      response = exchange(request, BodyHandlers.ofByteArray());
    }
    return reply(response, response.body());
  }

  /** Waits as long as the server wants; false when that is too long, or no Bactrian wants it. */
  private static boolean isWorthWaiting(HttpResponse<byte[]> response, long end) {
    Optional<Long> seconds =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("[0-9]{1,4}"))
            .map(Long::parseLong);
    if (seconds.isEmpty()
        || seconds.get() > LONGEST_WAIT_SECONDS
        || System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds.get()) > end) {
      return false;
    }
    try {
      TimeUnit.SECONDS.sleep(seconds.get());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A stream of lines that stays open. */
  InputStream stream(String path, String lastEvent) {
    HttpRequest.Builder request = request("GET", path, null).header("Accept", "text/event-stream");
    if (!lastEvent.isEmpty()) {
      request.header("Last-Event-ID", lastEvent);
    }
    HttpResponse<InputStream> response = exchange(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() != OK || !type(response).startsWith("text/event-stream")) {
      close(response.body());
      throw new ServerRefused(response.statusCode(), "no_events", "no events", List.of());
    }
    return response.body();
  }

  /**
   * A file, read while it comes.
   *
   * @throws ServerRefused if there is none, and while it is read, if it breaks off
   */
  InputStream file(String path) {
    HttpRequest request = request("GET", path, null).timeout(ANSWER).build();
    HttpResponse<InputStream> response = exchange(request, BodyHandlers.ofInputStream());
    InputStream body = new Download(server, response.body());
    if (response.statusCode() == OK && type(response).startsWith("text/csv")) {
      return body;
    }
    try (body) {
      throw stranger(reply(response, body.readNBytes(LONGEST_ERROR)).status());
    } catch (IOException e) {
      throw ServerRefused.away(String.valueOf(e.getMessage()));
    }
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      throw ServerRefused.away(String.valueOf(e.getMessage()));
    }
  }

  private HttpRequest.Builder request(String method, String path, @Nullable JsonNode body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    server.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body)));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> handler) {
    try {
      return client.send(request, handler);
    } catch (ConnectException e) {
      throw ServerRefused.away("%s cannot be reached".formatted(server));
    } catch (IOException e) {
      String what =
          "%s did not answer: %s".formatted(server, e.getMessage() == null ? e : e.getMessage());
      throw ServerRefused.away(
          request.method().equals("GET")
              ? what
              : what + "; whether it has done what was asked is not known");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ServerRefused.away("interrupted while waiting for " + server);
    }
  }

  private Reply reply(HttpResponse<?> response, byte[] body) {
    int status = response.statusCode();
    JsonNode json = json(response, body);
    if (status / 100 == 2) {
      return new Reply(status, json);
    }
    JsonNode error = json.path("error");
    if (!error.path("code").isTextual()) {
      throw stranger(status);
    }
    throw new ServerRefused(
        status,
        error.path("code").asText(),
        message(status, error.path("message").asText()),
        Json.MAPPER.convertValue(error.path("details"), List.class));
  }

  private String message(int status, String message) {
    return switch (status) {
      case 401 ->
          "%s: %s (the key: environment BACTRIAN_API_KEY, or --key-file)"
              .formatted(server, message);
      case 403, 429, BUSY -> server + ": " + message;
      default -> message;
    };
  }

  private JsonNode json(HttpResponse<?> response, byte[] body) {
    if (!type(response).startsWith("application/json")) {
      throw stranger(response.statusCode());
    }
    try {
      return Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw stranger(response.statusCode());
    }
  }

  /**
   * Reads a part of an answer.
   *
   * @throws ServerRefused if it is not as the contract says
   */
  <T> T read(JsonNode json, Function<JsonNode, T> reading) {
    try {
      return reading.apply(json);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw stranger(OK);
    }
  }

  /** The answer of something that is no Bactrian. */
  private ServerRefused stranger(int status) {
    return new ServerRefused(
        0,
        "not_bactrian",
        "%s is no Bactrian server: its answer, HTTP status %d, is not as the API's"
            .formatted(server, status),
        List.of());
  }
}
