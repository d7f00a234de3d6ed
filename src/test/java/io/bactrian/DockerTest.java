package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The image and the compose file name only what there is, and open nothing without a key. */
final class DockerTest {
  private static final Path FOLDER = Path.of("docker");
  private static final Set<String> OF_THE_LAUNCHER =
      Set.of("BACTRIAN_JAVA_OPTS", "BACTRIAN_LOG_LEVEL");
  private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?[0-9]+[.][0-9][^ ]*");

  private final Map<String, Map<String, Object>> services = services();

  @Test
  void thereAreADatabaseTwoNodesAndWhatWatchesThem() {
    assertThat(services.keySet()).contains("postgres", "node-1", "node-2", "prometheus", "grafana");
  }

  @Test
  void everyMountedFileOrVolumeIsThere() throws IOException {
    Set<String> volumes = map(compose().get("volumes")).keySet();
    for (String mount : texts("volumes")) {
      String source = mount.substring(0, mount.indexOf(':'));
      if (source.startsWith(".")) {
        assertThat(FOLDER.resolve(source)).as(mount).exists();
        assertThat(mount).as("files of the checkout are read only").endsWith(":ro");
      } else {
        assertThat(volumes).contains(source);
      }
    }
  }

  @Test
  void everyPortIsPublishedOnLoopbackAndOnlyOnce() {
    List<String> ports = texts("ports");

    assertThat(ports).isNotEmpty().doesNotHaveDuplicates();
    assertThat(ports).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
  }

  @Test
  void nodesArePublishedByThePortOfTheSettings() throws IOException {
    String port =
        Files.readAllLines(Path.of("src/main/resources/bactrian.properties")).stream()
            .filter(line -> line.startsWith("bactrian.api.port="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    for (String node : List.of("node-1", "node-2")) {
      assertThat(list(services.get(node), "ports")).singleElement().asString().endsWith(":" + port);
    }
  }

  @Test
  void environmentVariablesAreSettings() throws IOException {
    var variables = new TreeSet<String>();
    services
        .values()
        .forEach(
            service ->
                variables.addAll(map(service.getOrDefault("environment", Map.of())).keySet()));
    Pattern.compile("^ *(?:ENV )?([A-Z_]+)=", Pattern.MULTILINE)
        .matcher(dockerfile())
        .results()
        .map((MatchResult found) -> found.group(1))
        .forEach(variables::add);
    Set<String> settings = new TreeSet<>(OF_THE_LAUNCHER);
    for (String key : Settings.load(Map.of()).all().keySet()) {
      settings.add(key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
    }

    variables.removeIf(name -> !name.startsWith("BACTRIAN_"));
    assertThat(variables).hasSizeGreaterThan(4).isSubsetOf(settings);
  }

  @Test
  void noPasswordHasADefault() throws IOException {
    String text = Files.readString(FOLDER.resolve("compose.yaml"));

    assertThat(text).doesNotContain(":-");
    assertThat(text.lines().filter(line -> line.contains("PASSWORD:")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains(":?"));
  }

  @Test
  void imagesArePinned() throws IOException {
    var images = new ArrayList<String>();
    services.values().stream()
        .filter(service -> !service.containsKey("build"))
        .forEach(service -> images.add(String.valueOf(service.get("image"))));
    dockerfile()
        .lines()
        .filter(line -> line.startsWith("FROM "))
        .forEach(line -> images.add(line.split(" ", -1)[1]));

    assertThat(images).hasSize(5).allSatisfy(image -> assertThat(image).matches(PINNED));
  }

  @Test
  void theImageRunsAsAUserWithKeysAndGetsTheSignals() throws IOException {
    List<String> lines = dockerfile().lines().toList();

    assertThat(lines)
        .contains("USER 10001:10001", "STOPSIGNAL SIGTERM")
        .contains("ENTRYPOINT [\"/opt/bactrian/bin/bactrian\"]", "CMD [\"serve\"]")
        .anyMatch(line -> line.contains("BACTRIAN_API_KEYS=always"))
        .anyMatch(
            line ->
                line.startsWith("HEALTHCHECK ")
                    && line.endsWith("CMD [\"/opt/bactrian/bin/health\"]"));
    assertThat(lines.lastIndexOf("USER 10001:10001"))
        .isLessThan(lines.indexOf("RUN bactrian archive-classes"));
  }

  @Test
  void filesCopiedIntoTheImageAreThere() throws IOException {
    List<String> copied =
        Pattern.compile("^COPY --chmod=0755 (.*) /opt/bactrian/bin/$", Pattern.MULTILINE)
            .matcher(dockerfile())
            .results()
            .flatMap((MatchResult found) -> List.of(found.group(1).split(" ", -1)).stream())
            .toList();

    assertThat(copied).hasSize(2).allSatisfy(file -> assertThat(Path.of(file)).isExecutable());
  }

  @Test
  void prometheusReadsTheNodes() throws IOException {
    String text = Files.readString(FOLDER.resolve("prometheus/prometheus.yml"));

    assertThat(text).contains("node-1:8080").contains("node-2:8080");
    assertThat(texts("volumes")).contains("metrics-key:/etc/prometheus/secrets:ro");
    assertThat(text).contains("credentials_file: /etc/prometheus/secrets/bactrian-key");
  }

  @ParameterizedTest
  @CsvSource({"200,0", "503,1", "404,1"})
  @EnabledOnOs(OS.LINUX)
  void theHealthCheckIsTheAnswerOfTheNode(int status, int exit) throws Exception {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    node.start();
    try {
      assertThat(health(node.getAddress().getPort())).isEqualTo(exit);
    } finally {
      node.stop(0);
    }
    assertThat(health(node.getAddress().getPort())).as("nobody listens").isNotZero();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theHealthCheckNeedsNoKey(@TempDir Path home) throws Exception {
    try (var node = new ApiNode(home, Map.of("bactrian.api.keys", "always"))) {
      assertThat(health(node.client().address().getPort())).isZero();
    }
  }

  private static int health(int port) throws Exception {
    var builder = new ProcessBuilder("docker/health").redirectErrorStream(true);
    builder.environment().put("BACTRIAN_API_PORT", String.valueOf(port));
    Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private List<String> texts(String key) {
    return services.values().stream().flatMap(service -> list(service, key).stream()).toList();
  }

  private static List<String> list(@Nullable Map<String, Object> service, String key) {
    var texts = new ArrayList<String>();
    if (service != null && service.get(key) instanceof List<?> values) {
      values.forEach(value -> texts.add(String.valueOf(value)));
    }
    return texts;
  }

  private static String dockerfile() throws IOException {
    return Files.readString(FOLDER.resolve("Dockerfile"));
  }

  private static Map<String, Object> compose() throws IOException {
    return map(
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(FOLDER.resolve("compose.yaml"))));
  }

  /** The services with what they take over from the anchor. */
  private static Map<String, Map<String, Object>> services() {
    try {
      var services = new LinkedHashMap<String, Map<String, Object>>();
      map(compose().get("services"))
          .forEach(
              (name, value) -> {
                var service = new LinkedHashMap<>(map(map(value).getOrDefault("<<", Map.of())));
                service.putAll(map(value));
                services.put(name, service);
              });
      return services;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> map(@Nullable Object value) {
    var map = new LinkedHashMap<String, Object>();
    Objects.requireNonNull(value);
    ((Map<?, ?>) value).forEach((key, entry) -> map.put(String.valueOf(key), entry));
    return map;
  }
}
