package io.bactrian.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client of the API that holds every answer to the contract: its status must be documented, its
 * body valid, without a field that is not documented.
 */
public final class ApiClient {
  private static final Contract CONTRACT = Contract.load();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(20)).build();

  /** What was reached so far: {@code operationId status}. */
  private static final Set<String> REACHED = Collections.synchronizedSet(new TreeSet<>());

  private final URI address;
  private final Map<String, String> headers;

  public ApiClient(URI address) {
    this(address, Map.of());
  }

  private ApiClient(URI address, Map<String, String> headers) {
    this.address = address;
    this.headers = headers;
  }

  /** An answer. */
  public record Reply(int status, JsonNode json, Map<String, List<String>> headers) {
    public String at(String pointer) {
      return json.at(pointer).asText();
    }

    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
    }
  }

  /** The same client with a header. */
  public ApiClient with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiClient(address, more);
  }

  public ApiClient withKey(String key) {
    return with("Authorization", "Bearer " + key);
  }

  public URI address() {
    return address;
  }

  public Reply get(String path) {
    return send("GET", path, null, null);
  }

  public Reply post(String path, String body) {
    return send("POST", path, body, "application/json");
  }

  public Reply post(String path) {
    return send("POST", path, null, null);
  }

  public Reply patch(String path, String body) {
    return send("PATCH", path, body, "application/json");
  }

  public Reply delete(String path) {
    return send("DELETE", path, null, null);
  }

  /** Sends anything and checks the answer against the contract. */
  public Reply send(String method, String path, @Nullable String body, @Nullable String type) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
    headers.forEach(request::setHeader);
    if (type != null) {
      request.setHeader("Content-Type", type);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      HttpResponse<byte[]> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      String text = new String(response.body(), StandardCharsets.UTF_8);
      boolean isJson =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      JsonNode json =
          isJson && !text.isEmpty()
              ? Json.readTree(text)
              : Json.MAPPER.getNodeFactory().textNode(text);
      Reply reply = new Reply(response.statusCode(), json, response.headers().map());
      check(method, URI.create(address + path).getRawPath(), reply);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void check(String method, String path, Reply reply) {
    CONTRACT.find(method, path).ifPresent(operation -> check(operation, reply));
  }

  private static void check(Operation operation, Reply reply) {
    JsonNode responses = responses(operation);
    String status = String.valueOf(reply.status());
    String documented = responses.has(status) ? status : "default";
    JsonNode response = responses.get(documented);
    if (response == null) {
      throw new AssertionError(operation.id() + " answers " + status + ", not documented");
    }
    if (response.has("$ref")) {
      response = CONTRACT.document().at(response.get("$ref").asText().substring(1));
    }
    JsonNode schema = response.at("/content/application~1json/schema");
    if (!schema.isMissingNode()) {
      var problems = Contract.problems(Contract.schema(CONTRACT.document(), schema), reply.json());
      if (!problems.isEmpty()) {
        throw new AssertionError(
            operation.id() + " " + status + ": " + problems + " in " + reply.json());
      }
    }
    REACHED.add(operation.id() + " " + documented);
  }

  /** Asks for a stream, reads how it begins and leaves. */
  public Reply opens(String path) {
    var request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofSeconds(60));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<InputStream> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        boolean stream = response.statusCode() == 200;
        String text = stream ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        JsonNode json = stream ? Json.MAPPER.getNodeFactory().textNode("") : Json.readTree(text);
        Reply reply = new Reply(response.statusCode(), json, response.headers().map());
        check("GET", URI.create(address + path).getRawPath(), reply);
        return reply;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What requests of this process have reached: {@code operationId status}. */
  static Set<String> reached() {
    return Set.copyOf(REACHED);
  }

  /** All responses that the contract documents. */
  static Set<String> documented() {
    var documented = new TreeSet<String>();
    for (Operation operation : CONTRACT.operations()) {
      responses(operation)
          .fieldNames()
          .forEachRemaining(status -> documented.add(operation.id() + " " + status));
    }
    return documented;
  }

  private static JsonNode responses(Operation operation) {
    return CONTRACT
        .document()
        .at("/paths/" + operation.path().replace("/", "~1"))
        .get(operation.method().toLowerCase(Locale.ROOT))
        .get("responses");
  }
}
