package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.RecordViews;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route of docs/csv.md, in a context that has nothing else of Bactrian. */
final class CsvChunksTest {
  private static final String ROUTE =
      """
      - route:
          id: readFile
          from:
            uri: direct:read
            steps:
              - split:
                  streaming: true
                  expression:
                    method:
                      ref: csvChunks
                      method: of
                  steps:
                    - unmarshal:
                        custom:
                          ref: %s
                    - bean:
                        ref: sink
                        method: add
      """;

  @TempDir private Path folder;
  private final CamelContext camel = new DefaultCamelContext();
  private final Sink sink = new Sink();

  /** Keeps what arrives. */
  public static final class Sink {
    private final List<Object> found = new ArrayList<>();

    public void add(Object body) {
      if (body instanceof RecordViews views) {
        views.forEach(view -> found.add(view.text("name") + "=" + view.decimal(1)));
      } else {
        found.addAll((List<?>) body);
      }
    }
  }

  /** What a line of the test's file is. */
  record Item(LocalDate soldOn, String name, BigDecimal price, Kind kind, int pieces) {}

  /** Of an item. */
  enum Kind {
    TOOL,
    TOY
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aRouteReadsAFileAsViews() throws Exception {
    run("views", file(), Map.of());

    assertThat(sink.found).containsExactly("hammer=12.50", "bear, small=3");
  }

  @Test
  void aRouteReadsAFileAsMaps() throws Exception {
    run("maps", file().toString(), Map.of());

    assertThat(sink.found)
        .hasSize(2)
        .element(1)
        .asString()
        .contains("name=bear, small", "kind=toy");
  }

  @Test
  void aRouteReadsAFileAsRecordsByTheNamesOfTheirColumns() throws Exception {
    camel.getRegistry().bind("items", new RecordsFormat(Item.class));
    run("items", file().toFile(), Map.of());

    assertThat(sink.found)
        .containsExactly(
            new Item(LocalDate.of(2026, 1, 31), "hammer", new BigDecimal("12.50"), Kind.TOOL, 3),
            new Item(LocalDate.of(2026, 2, 1), "bear, small", new BigDecimal("3"), Kind.TOY, 40));
  }

  @Test
  void aFieldThatItsComponentCannotHoldIsNamed() throws Exception {
    camel.getRegistry().bind("items", new RecordsFormat(Item.class));
    Path file = write("name,price,pieces,kind,sold on\na,1,many,toy,2026-01-01\n");

    assertThatThrownBy(() -> run("items", file, Map.of()))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("record 1 at byte 31")
        .hasMessageContaining("column pieces: found 'many'; allowed: a whole number");
  }

  @Test
  void aMissingColumnIsNamed() throws Exception {
    camel.getRegistry().bind("items", new RecordsFormat(Item.class));
    Path file = write("name,price,kind,sold on\na,1,toy,2026-01-01\n");

    assertThatThrownBy(() -> run("items", file, Map.of()))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("has no column for pieces");
  }

  @ParameterizedTest
  @ValueSource(strings = {"maps", "views", "items"})
  void ofTwoColumnsOfOneNameNoneIsLost(String rows) throws Exception {
    camel.getRegistry().bind("items", new RecordsFormat(Item.class));
    Path file = write("name,price,pieces,kind,sold on,name\na,1,2,toy,2026-01-01,b\n");

    assertThatThrownBy(() -> run(rows, file, Map.of()))
        .isInstanceOf(CsvException.class)
        .hasMessageContaining("column name stands twice, as the fields 1 and 6");
  }

  @Test
  void theDialectIsAProperty() throws Exception {
    Path file = write("name;price\nx;1,5\n");
    run("maps", file, Map.of("csv_dialect", Map.of("delimiter", ";")));

    assertThat(sink.found).containsExactly(Map.of("name", "x", "price", "1,5"));
  }

  @Test
  void aFileWithoutRecordsHasNoChunks() throws Exception {
    run("maps", write("name,price\n"), Map.of());

    assertThat(sink.found).isEmpty();
  }

  private void run(String rows, Object body, Map<String, Object> properties) throws Exception {
    camel.getRegistry().bind("csvChunks", new CsvChunks());
    camel.getRegistry().bind("maps", new MapsFormat());
    camel.getRegistry().bind("views", new ViewsFormat());
    camel.getRegistry().bind("sink", sink);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.fromString("read.camel.yaml", ROUTE.formatted(rows)));
    camel.start();
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      var answer =
          producer.send(
              "direct:read",
              exchange -> {
                exchange.getMessage().setBody(body);
                properties.forEach(exchange::setProperty);
              });
      if (answer.getException() != null) {
        throw answer.getException();
      }
    }
  }

  private Path file() throws IOException {
    return write(
        "name,price,pieces,kind,Sold On\nhammer,12.50,3,tool,2026-01-31\n\"bear, small\",3,40,toy,2026-02-01\n");
  }

  private Path write(String text) throws IOException {
    Path file = folder.resolve("items.csv");
    Files.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), file);
    return file;
  }
}
