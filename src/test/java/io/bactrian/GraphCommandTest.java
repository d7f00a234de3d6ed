package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/** Drawings of templates and tasks; {@code docs/images} holds the same. */
final class GraphCommandTest {
  private static final String INVENTORY = "csv_processing/csv_product_inventory_analyzer";
  private static final Path IMAGES = Path.of("docs/images");

  @TempDir private Path home;

  @Test
  void aTemplateIsAMermaidFlowchart() {
    String drawing = new Cli(home).run("graph", INVENTORY).out();

    assertThat(drawing.lines())
        .startsWith("---", "title: \"" + INVENTORY + "@1.0.0\"", "---", "flowchart TD")
        .contains("  s1 --> s2", "  s2 --> s3")
        .anyMatch(line -> line.startsWith("  s2[[\"process_csv_batch<br/><i>batch_worker</i>"));
  }

  @Test
  void theDocsShowWhatTheCommandDraws() throws IOException {
    String drawing = new Cli(home).run("graph", INVENTORY, "--format", "svg").out();

    assertThat(Files.readString(IMAGES.resolve("inventory.svg"))).isEqualTo(drawing);
  }

  @Test
  void aTasksWorkersAreOneNodeWithCountsInTheColourOfTheirState() throws Exception {
    Cli cli = new Cli(home);
    String task =
        (String) cli.run("run", "fixtures/products.csv", "--json").json().get("task_uuid");

    String svg = cli.run("graph", String.valueOf(task), "--format", "svg").out();
    String mermaid = cli.run("graph", String.valueOf(task)).out();

    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(svg).contains("5 workers: 5 complete").contains(task + " complete");
    assertThat(mermaid)
        .contains("5 workers: 5 complete")
        .contains("  style s2 fill:#bfe3c0")
        .doesNotContain("s1 --> s3");
  }

  @Test
  void aTaskOfAnUnknownTemplateIsDrawnFromItsRows() throws Exception {
    Path template = home.resolve("own.yaml");
    Files.writeString(
        template,
        """
        name: own
        namespace_name: demo
        version: "1"
        steps:
          - {name: first, handler: {callable: "log:first"}}
          - {name: second, dependencies: [first], handler: {callable: "log:second"}}
        """);
    Cli cli = new Cli(home).set("bactrian.templates.dir", home.toString());
    String task = cli.run("submit", "demo/own").out().strip();
    cli.set("bactrian.templates.dir", "");

    assertThat(cli.run("graph", task).out())
        .contains("first<br/><i>standard</i><br/>enqueued")
        .contains("second<br/><i>standard</i><br/>pending")
        .contains("s1 --> s2");
  }

  @Test
  void whatIsNotThereIsExitThreeWithTheNearestName() {
    Cli.Outcome outcome = new Cli(home).run("graph", INVENTORY + "s");

    assertThat(outcome.exit()).isEqualTo(3);
    assertThat(outcome.err()).contains("did you mean");
  }
}
