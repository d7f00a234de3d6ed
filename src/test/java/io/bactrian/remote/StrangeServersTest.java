package io.bactrian.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.bactrian.cli.Server;
import io.bactrian.cli.ServerRefused;
import io.bactrian.cli.Waiting;
import io.bactrian.task.By;
import io.bactrian.task.RejectFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that are away, busy, or no Bactrian at all. */
final class StrangeServersTest {
  private static final String BUSY =
      "{\"error\": {\"code\": \"busy\", \"message\": \"too much waits\", \"details\": []}}";
  private static final String EMPTY =
      "{\"tasks\": [], \"pagination\": {\"page\": 1, \"per_page\": 1, \"total_count\": 0, \"total_pages\": 0}}";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Answer answer = exchange -> send(exchange, 200, "application/json", EMPTY);

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          answer.to(exchange);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private RemoteClient client() {
    return client("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static RemoteClient client(String address) {
    return new RemoteClient(new Server(URI.create(address), Optional.of("bk_secret")));
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSaidSo() {
    var refused = new AtomicInteger();
    long before = System.nanoTime();
    answer =
        exchange -> {
          if (refused.incrementAndGet() <= 2) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            send(exchange, 503, "application/json", BUSY);
          } else {
            send(exchange, 200, "application/json", EMPTY);
          }
        };

    assertThat(client().tasks().newest(5)).isEmpty();
    assertThat(asked).hasSize(3);
    assertThat(System.nanoTime() - before).isGreaterThan(1_900_000_000L);
  }

  @Test
  void aFileThatBreaksOffIsAnErrorThatNamesTheServer() throws IOException {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/csv");
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write("id,price\n".getBytes(StandardCharsets.UTF_8));
        };
    try (RejectFile file = client().rejects().file(new UUID(0, 1), Optional.empty())) {
      ServerRefused refused =
          catchThrowableOfType(ServerRefused.class, () -> file.content().readAllBytes());

      assertThat(refused)
          .hasMessageContaining("127.0.0.1:%d broke off".formatted(server.getAddress().getPort()));
    }
  }

  @ParameterizedTest
  @CsvSource({"200, text/html", "404, text/html", "200, application/json"})
  void whatIsNoFileIsNotTakenForOne(int status, String type) {
    answer = exchange -> send(exchange, status, type, "{}");

    ServerRefused refused =
        catchThrowableOfType(
            ServerRefused.class,
            () -> client().rejects().file(new UUID(0, 1), Optional.of("two words")));

    assertThat(refused).hasMessageContaining("is no Bactrian server");
    assertThat(asked).first().asString().endsWith("/rejects/file?step=two+words");
  }

  @Test
  void aServerThatIsBusyForTooLongIsAnError() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "3600");
          send(exchange, 503, "application/json", BUSY);
        };

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client().tasks().newest(5));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused).hasMessageContaining("too much waits");
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | text/html        | <html>hello</html>",
        "404 | text/html        | <html>nothing</html>",
        "200 | application/json | not json",
        "404 | application/json | {\"message\": \"no such page\"}",
        "200 | application/json | {\"tasks\": [{\"id\": 7}]}",
        "502 | text/plain       | bad gateway"
      })
  void whatIsNoBactrianIsCalledSo(int status, String type, String body) {
    answer = exchange -> send(exchange, status, type, body);

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client().tasks().newest(5));

    assertThat(refused)
        .hasMessageContaining("is no Bactrian server")
        .hasMessageNotContaining("bk_secret");
  }

  @Test
  void aRedirectIsNotFollowedWithTheKey() {
    answer =
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          send(exchange, 302, "text/html", "");
        };

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client().tasks().newest(5));

    assertThat(refused).hasMessageContaining("is no Bactrian server");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aServerThatIsAwaySaysWhere() throws IOException {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    String address = "http://127.0.0.1:" + free;

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client(address).tasks().newest(5));

    assertThat(refused).hasMessage(address + " cannot be reached");
  }

  /** Nothing trusts a certificate that it should not: there is not even one here. */
  @Test
  void httpsIsHttpsOrNothing() {
    String address = "https://127.0.0.1:" + server.getAddress().getPort();

    ServerRefused refused =
        catchThrowableOfType(ServerRefused.class, () -> client(address).tasks().newest(5));

    assertThat(refused).hasMessageContaining("did not answer");
    assertThat(asked).isEmpty();
  }

  @Test
  void aVerbWhoseAnswerIsLostIsNotSentAgain() {
    answer = exchange -> exchange.close();

    ServerRefused refused =
        catchThrowableOfType(
            ServerRefused.class,
            () -> client().operations().cancel(UUID.randomUUID(), new By("user:anna", "why")));

    assertThat(refused).hasMessageContaining("whether it has done what was asked is not known");
    assertThat(asked).hasSize(1);
  }

  /** An event ends a wait that would else be far longer; a broken stream goes on after it. */
  @Test
  void whoWatchesLooksWhenAnEventCame() throws Exception {
    var lastEvents = new CopyOnWriteArrayList<String>();
    answer =
        exchange -> {
          lastEvents.add(
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID"))
                  .orElse("none"));
          send(exchange, 200, "text/event-stream", "id: 8-1\nevent: transition\ndata: {}\n\n");
        };

    try (Waiting waiting = client().waiting(new UUID(0, 7))) {
      long before = System.nanoTime();
      waiting.await(120_000);
      waiting.await(120_000);
      assertThat(System.nanoTime() - before).isLessThan(60_000_000_000L);
    }

    assertThat(lastEvents.subList(0, 2)).containsExactly("none", "8-1");
    assertThat(asked.get(0)).startsWith("GET /v1/events?task_uuid=00000000");
  }

  @Test
  void whoMayHearNoEventsLooksAtIntervals() throws Exception {
    answer =
        exchange ->
            send(
                exchange,
                403,
                "application/json",
                "{\"error\": {\"code\": \"not_permitted\", \"message\": \"no\", \"details\": []}}");

    try (Waiting waiting = client().waiting(new UUID(0, 7))) {
      long before = System.nanoTime();
      waiting.await(300);
      assertThat(System.nanoTime() - before).isBetween(290_000_000L, 60_000_000_000L);
    }
  }
}
