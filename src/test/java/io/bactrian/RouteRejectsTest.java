package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that refuse records: only what they mean is set aside. */
final class RouteRejectsTest {
  private static final String REFUSE_X =
      """
      - filter:
          expression:
            simple: {expression: "${body[n]} == 'x'"}
          steps:
            - setBody:
                expression:
                  constant: {expression: "n is x"}
            - bean: {ref: badRecord}
      """;

  private static final String REFUSE =
      """
      - filter:
          expression:
            simple: {expression: "${body} == 'x'"}
          steps:
            - bean: {ref: badRecord}
      """;

  private static final String NOTHING =
      """
      - setBody:
          expression:
            simple: {expression: "${null}"}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void whatAHandlerKeepsInItsExchangeEndsWithItsPart() {
    String remember =
        """
        - setHeader:
            name: seen
            expression:
              simple: {expression: "${header.seen}|"}
        - setVariable:
            name: seen
            expression:
              simple: {expression: "${variable.seen}|"}
        - setProperty:
            name: seen
            expression:
              simple: {expression: "${exchangeProperty.seen}|"}
        """;
    String tell =
        """
        - setBody:
            expression:
              simple:
                expression: '{"calls": {"${header.seen}${variable.seen}${exchangeProperty.seen}": 1}}'
        - unmarshal:
            json: {objectMapper: "#json"}
        """;
    UUID task = run(remember + split("${body}", REFUSE_X) + tell, "", "1", "x", "3", "x", "5");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(rejects()).containsExactly("2 n is x", "4 n is x");
    assertThat(result(task)).isEqualTo("{calls={|||=3}}");
  }

  @Test
  void badRecordOutsideOfASplitSetsNothingAside() {
    UUID task = run("- bean: {ref: badRecord}\n", "", "1", "2");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(rejects()).isEmpty();
    assertThat(errors(task)).contains("badRecord outside of the split over the records");
  }

  @Test
  void badRecordInASplitWithinTheSplitSetsNoOtherRecordAside() {
    String within = split("${body[n].split(';')}", REFUSE);
    UUID task = run(split("${body}", within), "", "a;b", "a;b", "x;b", "a;b");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(rejects()).isEmpty();
    assertThat(errors(task)).contains("in a split or multicast within it");
  }

  @Test
  void anIndexThatIsNoneOfTheChunkIsNamedWithWhatIsAllowed() {
    UUID task = run(split("a,b,c,x", REFUSE), "", "1", "2");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(errors(task))
        .contains("record index 3 in a chunk of 2 records", "record 1 of", "allowed: 0 to 1");
  }

  @Test
  void theErrorNamesTheFirstRecordThatWasTooMany() {
    UUID task =
        run(split("${body}", REFUSE_X) + NOTHING, "max_rejects: 2", "x", "x", "x", "x", "x", "6");

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.BLOCKED_BY_FAILURES);
    assertThat(errors(task)).contains("record 3 at byte 6: n is x.", "max_rejects; allowed: 2");
  }

  private static String split(String over, String steps) {
    return """
    - split:
        stopOnException: true
        expression:
          simple: {expression: "%s"}
        steps:
    """
            .formatted(over)
        + steps.indent(6);
  }

  private List<String> rejects() {
    return cluster
        .sql
        .sql("select ordinal || ' ' || reason from rejects order by ordinal")
        .query(String.class)
        .list();
  }

  private String errors(UUID task) {
    return String.join("\n", cluster.attempts(cluster.step(task, "work_001").uuid()));
  }

  private String result(UUID task) {
    return String.valueOf(cluster.step(task, "work_001").results().orElseThrow().get("result"));
  }

  private UUID run(String handler, String keys, String... values) {
    cluster.file(
        "routes/handle.camel.yaml",
        """
        - route:
            id: handle
            from:
              uri: direct:handle
              steps:
        """
            + handler.indent(8));
    cluster.template(
        """
        name: file
        namespace_name: demo
        version: "1"
        steps:
          - name: plan
            type: batchable
            handler: {callable: csvAnalyzer, initialization: {max_workers: 1}}
          - name: work
            type: batch_worker
            dependencies: [plan]
            on_bad_row: reject
            retry: {retryable: false}
            %s
            handler: {callable: handle}
        """
            .formatted(keys));
    cluster.serve();
    String csv = "n\n" + String.join("\n", values) + "\n";
    Path file = cluster.file("input.csv", csv);
    return cluster.submit("demo/file", Map.of("csv_file_path", file.toString()));
  }
}
