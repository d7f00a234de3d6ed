package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.bactrian.SpanReceiver.Seen;
import io.bactrian.cli.Engine;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One trace a task, from who submits it over the database to the nodes that run it. */
final class TracesTest {
  private static final String FAN =
      """
      name: fan
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 2, max_workers: 2}}
        - name: work
          type: batch_worker
          dependencies: [plan]
          checkpoint: {interval: 1}
          retry: {backoff_base_ms: 1}
          handler: {callable: scripted, initialization: {script: traced}}
        - name: total
          type: deferred_convergence
          dependencies: [work]
          handler: {callable: scripted, initialization: {script: done}}
      """;

  @TempDir private Path folder;
  private TestCluster cluster = new TestCluster(Path.of("target/unused"));
  private final SpanReceiver receiver = new SpanReceiver();

  @BeforeEach
  void open() {
    cluster = new TestCluster(folder).template(FAN);
    Scripted.define("done", call -> Map.of());
    Scripted.define(
        "traced",
        call -> {
          if (call.step().attempt() == 1 && call.step().step().equals("work_002")) {
            throw new IllegalStateException("the record secret-word is bad");
          }
          return Map.of();
        });
  }

  @AfterEach
  void close() {
    cluster.close();
    receiver.close();
  }

  private Map<String, Object> input() {
    return Map.of(
        "csv_file_path", cluster.file("four.csv", "item\na\nsecret-word\nc\nd\n").toString());
  }

  private List<Seen> spans(String name) {
    return receiver.spans().stream().filter(s -> s.name().startsWith(name)).toList();
  }

  @Test
  void whatOneProcessSubmitsAndAnotherRunsIsOneTrace() {
    String setting = "bactrian.tracing.otlp-endpoint=" + receiver.endpoint();
    cluster.serve(setting);
    UUID task;
    try (Engine client = new Wiring().client(cluster.settings(setting))) {
      task = client.submit(client.template("demo/fan").orElseThrow(), input(), false);
    }
    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    await()
        .atMost(TestCluster.LONG)
        .until(() -> !spans("step demo/fan/1/total").isEmpty() && !spans("submit").isEmpty());

    Seen submit = spans("submit").get(0);
    List<Seen> steps = spans("step ");
    List<Seen> chunks = spans("chunk ");
    assertThat(submit.name()).isEqualTo("submit demo/fan@1");
    assertThat(submit.attribute("bactrian.task_uuid")).isEqualTo(task.toString());
    assertThat(receiver.spans()).extracting(Seen::trace).containsOnly(submit.trace());
    assertThat(steps)
        .extracting(s -> s.attribute("bactrian.step"))
        .contains("plan", "total")
        .hasSize(5);
    assertThat(steps).extracting(Seen::parent).containsOnly(submit.id());
    assertThat(steps).extracting(Seen::process).doesNotContain(submit.process());
    assertThat(chunks).hasSizeGreaterThanOrEqualTo(5);
    assertThat(ancestors(chunks)).allMatch(id -> steps.stream().anyMatch(s -> s.id().equals(id)));
    assertThat(spans("").toString()).doesNotContain("secret-word");
    assertThat(steps.stream().map(s -> s.attribute("error.type")))
        .contains("java.lang.IllegalStateException");
  }

  /** The nearest spans above these that are no chunks. */
  private Stream<String> ancestors(List<Seen> chunks) {
    return chunks.stream()
        .map(
            chunk -> {
              String parent = chunk.parent();
              for (Seen other : chunks) {
                if (other.id().equals(parent)) {
                  return other.parent();
                }
              }
              return parent;
            });
  }

  @Test
  void withoutTheSettingNothingIsTraced() {
    cluster.serve();
    UUID task = cluster.submit("demo/fan", input());

    assertThat(cluster.atRest(task)).isEqualTo(TaskState.COMPLETE);
    assertThat(cluster.count("select count(*) from tasks where trace_parent is not null")).isZero();
  }

  @Test
  void anEndpointThatIsNoAddressIsAnError() {
    assertThatThrownBy(() -> cluster.serve("bactrian.tracing.otlp-endpoint=collector"))
        .hasMessageContaining("bactrian.tracing.otlp-endpoint")
        .hasMessageContaining("collector");
  }
}
