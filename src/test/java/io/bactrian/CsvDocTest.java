package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.csv.Plan;
import io.bactrian.route.CsvChunks;
import io.bactrian.route.MapsFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/csv.md} shows, run as it stands there. */
final class CsvDocTest {
  @TempDir private Path folder;
  private Path inbox = Path.of("inbox");

  @BeforeEach
  void writeTheFilesOfThePage() throws IOException {
    inbox = Files.createDirectory(folder.resolve("inbox"));
    new Documented(Path.of("docs/csv.md")).set("file:inbox", "file:" + inbox).writeTo(folder);
  }

  @Test
  void theProgramNeedsNothingButThePackage() throws Exception {
    Path classes = Path.of(Plan.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes.toString(),
                folder.resolve("AddUp.java").toString(),
                "fixtures/products.csv")
            .redirectErrorStream(true)
            .start();
    String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(program.waitFor()).as(printed).isZero();
    assertThat(printed).isEqualToIgnoringNewLines("1000 products are worth 161613510.32");
  }

  @Test
  void theRouteReadsWhatIsPutIntoItsFolder() throws Exception {
    var read = new CopyOnWriteArrayList<Object>();
    try (var camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("csvChunks", new CsvChunks());
      camel.getRegistry().bind("maps", new MapsFormat());
      String route = Files.readString(folder.resolve("read-file.camel.yaml"));
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("read-file.camel.yaml", route));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:records")
                  .process(
                      exchange -> {
                        List<?> maps = exchange.getMessage().getMandatoryBody(List.class);
                        read.addAll(maps);
                      });
            }
          });
      camel.start();
      Files.writeString(inbox.resolve("cities.csv"), "city,people\nOslo,1\n\"Roma, IT\",2\n");

      await().atMost(Duration.ofMinutes(1)).until(() -> read.size() == 2);
    }
    assertThat(read).hasToString("[{city=Oslo, people=1}, {city=Roma, IT, people=2}]");
  }
}
