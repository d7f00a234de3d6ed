package io.bactrian.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what. The node asks for keys although it listens on loopback. */
final class SecurityTest {
  private static final String TEMPLATE =
      "\"namespace\": \"csv_processing\", \"name\": \"csv_product_inventory_analyzer\"";

  /** These answer each key with what it may see. */
  private static final Set<String> ABOUT_WHAT_MAY_BE_SEEN =
      Set.of(
          "listTasks",
          "listTemplates",
          "listDeadLetters",
          "getPerformance",
          "getBottlenecks",
          "streamEvents",
          "getSession");

  @TempDir private static Path home;
  private static ApiNode node;
  private static ApiClient api;
  private static Keys keys;
  private static String all;
  private static String task;
  private static String step;
  private static String letter;

  @BeforeAll
  static void start() throws Exception {
    Path data = Files.createDirectories(home.resolve("data"));
    Files.copy(Path.of("fixtures/products_one.csv"), data.resolve("one.csv"));
    Files.createSymbolicLink(data.resolve("out.csv"), Path.of("pom.xml").toAbsolutePath());
    Files.createSymbolicLink(data.resolve("up"), Path.of("").toAbsolutePath());
    Files.createSymbolicLink(data.resolve("nowhere"), home.resolve("gone").resolve("x.csv"));
    node =
        new ApiNode(
            home, Map.of("bactrian.api.keys", "always", "bactrian.data-roots", data.toString()));
    api = node.client();
    keys = new Keys(node);
    all = keys.with("*");
    task =
        api.withKey(all)
            .post("/v1/tasks", submission(data.resolve("one.csv").toString()))
            .at("/task_uuid");
    step =
        api.withKey(all)
            .get("/v1/tasks/" + task + "/workflow_steps")
            .at("/workflow_steps/0/step_uuid");
    letter =
        api.withKey(all).post("/v1/dlq", "{\"task_uuid\": \"%s\"}".formatted(task)).at("/dlq_uuid");
  }

  @AfterAll
  static void stop() {
    keys.close();
    node.close();
  }

  private static String submission(String file) {
    return "{%s, \"context\": {\"csv_file_path\": \"%s\"}}".formatted(TEMPLATE, file);
  }

  static List<Operation> guarded() {
    return Contract.load().operations().stream().filter(o -> !o.isPublic()).toList();
  }

  private static String path(Operation operation) {
    return operation
        .path()
        .replace("{task_uuid}", task)
        .replace("{step_uuid}", step)
        .replace("{dlq_uuid}", letter)
        .replace("{namespace}", "csv_processing")
        .replace("{name}", "csv_product_inventory_analyzer")
        .replace("{version}", "1.0.0");
  }

  private static Reply ask(ApiClient client, Operation operation) {
    if (operation.id().equals("streamEvents")) {
      return client.opens(path(operation));
    }
    return operation.body().isPresent()
        ? client.send(operation.method(), path(operation), body(operation), "application/json")
        : client.send(operation.method(), path(operation), null, null);
  }

  /** One that the contract allows, so that nothing but the asker can be refused. */
  private static String body(Operation operation) {
    return switch (operation.id()) {
      case "submitTask" -> "{" + TEMPLATE + "}";
      case "act" -> "{\"action\": \"cancel\"}";
      case "patchStep" -> "{\"action_type\": \"reset_for_retry\"}";
      case "putDeadLetter" -> "{\"task_uuid\": \"%s\"}".formatted(task);
      case "updateDeadLetter" -> "{\"priority\": 1}";
      default -> "{}";
    };
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void withoutAKeyNothingIsToldAndNothingDone(Operation operation) {
    Reply reply = ask(api, operation);

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.at("/error/code")).isEqualTo("not_authenticated");
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void theRightKeyWithoutThePermissionIsRefusedByItsName(Operation operation) {
    String permission = operation.permission().orElseThrow();
    if (permission.equals(Operation.ANY)) {
      return;
    }
    String kind = permission.startsWith("templates:") ? "tasks:*" : "templates:*";

    Reply reply = ask(api.withKey(keys.with(kind)), operation);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.at("/error/message")).contains(permission);
  }

  @ParameterizedTest
  @MethodSource("guarded")
  void aKeyOfAnotherNamespaceReachesNothingOfThisOne(Operation operation) {
    Reply reply = ask(api.withKey(keys.in("elsewhere", "*")), operation);

    assertThat(reply.json().toString()).doesNotContain("csv_file_path");
    if (ABOUT_WHAT_MAY_BE_SEEN.contains(operation.id())) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().toString()).doesNotContain(task);
    } else {
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.at("/error/code")).isEqualTo("namespace_not_permitted");
    }
  }

  /** Each from an address of its own: ten wrong keys, and an address is not listened to. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aWrongKeyIsRefusedEverywhere() throws IOException {
    var statuses = new TreeMap<String, Integer>();
    for (Operation operation : guarded()) {
      String address = "127.0.1." + (statuses.size() + 1);
      String body = operation.body().isPresent() ? body(operation) : "";
      statuses.put(operation.id(), status(address, operation.method(), path(operation), body));
    }
    statuses.put("metrics", status("127.0.2.1", "GET", "/metrics", ""));

    assertThat(statuses).hasSizeGreaterThan(30);
    assertThat(statuses.values()).as(statuses.toString()).containsOnly(401);
  }

  /** What somebody at a local address is answered who has a wrong key. */
  private static int status(String from, String method, String path, String body)
      throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(60_000);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), api.address().getPort()), 60_000);
      String request =
          """
          %s %s HTTP/1.1
          Host: 127.0.0.1
          Authorization: Bearer bk_%s
          Content-Type: application/json
          Content-Length: %d

          %s"""
              .formatted(method, path, "A".repeat(43), body.length(), body);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(US_ASCII));
      var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return Integer.parseInt(String.valueOf(answer.readLine()).split(" ", -1)[1]);
    }
  }

  @Test
  void metricsNeedAKeyThatMayReadTheSystemInAllNamespaces() {
    assertThat(api.get("/metrics").status()).isEqualTo(401);
    assertThat(api.withKey(keys.with("tasks:*")).get("/metrics").at("/error/message"))
        .contains("system:read");
    assertThat(api.withKey(keys.in("elsewhere", "*")).get("/metrics").at("/error/code"))
        .isEqualTo("namespace_not_permitted");
    assertThat(api.withKey(keys.with("system:read")).get("/metrics").status()).isEqualTo(200);
  }

  @Test
  void aListShowsOnlyTheNamespacesOfTheKey() {
    assertThat(api.withKey(keys.in("elsewhere", "*")).get("/v1/tasks").json().get("tasks"))
        .isEmpty();
    assertThat(api.withKey(keys.in("csv_processing", "*")).get("/v1/tasks").json().get("tasks"))
        .isNotEmpty();
    Reply asked = api.withKey(keys.in("elsewhere", "*")).get("/v1/tasks?namespace=csv_processing");
    assertThat(asked.status()).isEqualTo(403);
  }

  @Test
  void anExpiredAndARevokedKeyAreNoKeys() {
    String shortLived = keys.expiringIn(Duration.ofSeconds(1));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.withKey(shortLived).get("/v1/tasks").status() == 401);
    String revoked = keys.with("*");
    assertThat(api.withKey(revoked).get("/v1/tasks").status()).isEqualTo(200);

    keys.revokeLast();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.withKey(revoked).get("/v1/tasks").status() == 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../pom.xml",
        "data/../../pom.xml",
        "file:///etc/passwd",
        "%2e%2e/pom.xml",
        "..\\\\pom.xml",
        "./",
        "",
        "~/x.csv",
        "//etc/passwd",
        "/proc/self/environ",
        "fixtures/products.csv",
        "pom.xml"
      })
  void aFileOutsideOfTheDataRootsIsRefused(String file) {
    Reply reply = api.withKey(all).post("/v1/tasks", submission(file));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.at("/error/code")).isEqualTo("file_not_permitted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out.csv",
        "up/pom.xml",
        "up/fixtures/products.csv",
        "nowhere",
        "../x",
        "a/../../x"
      })
  void neitherLinksNorDotsLeadOutOfTheDataRoots(String below) {
    String file = home.resolve("data") + "/" + below;

    assertThat(api.withKey(all).post("/v1/tasks", submission(file)).at("/error/code"))
        .isEqualTo("file_not_permitted");
  }

  @Test
  void aFileIsFoundWhereverItStandsInTheContext() {
    for (String context :
        List.of(
            "{\"csv_file_path\": \"x\", \"more\": {\"other_file\": \"/etc/passwd\"}}",
            "{\"csv_file_path\": \"x\", \"list\": [{\"a_path\": \"/etc/passwd\"}]}",
            "{\"csv_file_path\": \"x\", \"all_path\": [\"/etc/passwd\"]}")) {
      Reply reply =
          api.withKey(all).post("/v1/tasks", "{%s, \"context\": %s}".formatted(TEMPLATE, context));
      assertThat(reply.status()).as(context).isEqualTo(403);
    }
  }

  @Test
  void secretsOfAContextAreMaskedUnlessTheKeyMaySeeThem() {
    String file = home.resolve("data/one.csv").toString();
    String location =
        api.withKey(all)
            .post(
                "/v1/tasks",
                "{%s, \"context\": {\"csv_file_path\": \"%s\", \"db\": {\"Password\": \"hush-1\"}, \"api_key\": \"hush-2\"}}"
                    .formatted(TEMPLATE, file))
            .header("Location");

    String masked = api.withKey(keys.with("tasks:*")).get(location).json().toString();
    String shown = api.withKey(keys.with("tasks:*,secrets:read")).get(location).json().toString();

    assertThat(masked).contains("***").doesNotContain("hush");
    assertThat(shown).contains("hush-1", "hush-2");
  }

  @Test
  void aLoginIsACookieThatOnlyPagesOfOursMayUse() {
    Reply login =
        api.post(
            "/v1/session", "{\"key\": \"%s\"}".formatted(keys.with("tasks:read,tasks:create")));
    assertThat(login.status()).isEqualTo(201);
    String cookie = login.header("Set-Cookie");
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
    ApiClient browser = api.with("Cookie", cookie.substring(0, cookie.indexOf(';')));

    assertThat(browser.get("/v1/session").at("/permissions/0")).isEqualTo("tasks:create");
    assertThat(browser.get("/v1/tasks").status()).isEqualTo(200);
    assertThat(browser.post("/v1/tasks", "{}").at("/error/code")).isEqualTo("foreign_origin");
    assertThat(browser.with("Origin", "http://evil.example").post("/v1/tasks", "{}").status())
        .isEqualTo(403);
    Reply own = browser.with("Origin", api.address().toString()).post("/v1/tasks", "{}");
    assertThat(own.at("/error/code")).isEqualTo("invalid_request");

    browser.with("Origin", api.address().toString()).delete("/v1/session");
    assertThat(browser.get("/v1/tasks").status()).isEqualTo(401);
  }

  @Test
  void whatIsRefusedAndWhatIsDoneStandsInTheAuditTrail() {
    String mayRead = keys.with("tasks:read");
    api.withKey(mayRead).post("/v1/tasks", "{}");

    String trail = api.withKey(all).get("/v1/audit").json().toString();

    assertThat(trail)
        .contains("POST /v1/tasks")
        .contains("refused")
        .contains("submit csv_processing");
    assertThat(trail).doesNotContain("bk_");
  }

  @Test
  void theDashboardIsForEverybodyAndWhatItShowsIsNot() {
    for (String path : List.of("/", "/ui/app.js", "/docs", "/openapi.yaml")) {
      assertThat(api.get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(api.get("/nothing").status()).isEqualTo(404);
    assertThat(api.get("/v1/tasks").status()).isEqualTo(401);
  }

  @Test
  void everyAnswerHasTheSecurityHeaders() {
    for (String path : List.of("/v1/tasks", "/nothing", "/docs", "/v1/events")) {
      Reply reply = api.get(path);
      assertThat(reply.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(reply.header("Content-Security-Policy"))
          .as(path)
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void tooManyWrongKeysAreNotListenedTo() {
    var failures = new FailedLogins(() -> 0);
    for (int i = 0; i < FailedLogins.MOST; i++) {
      assertThat(failures.mustWait("1.2.3.4")).isEmpty();
      failures.failed("1.2.3.4");
    }
    assertThat(failures.mustWait("1.2.3.4")).hasValue(FailedLogins.WINDOW_SECONDS);
    assertThat(failures.mustWait("1.2.3.5")).isEmpty();
  }
}
