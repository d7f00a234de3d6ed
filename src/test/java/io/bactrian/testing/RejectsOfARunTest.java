package io.bactrian.testing;

import static io.bactrian.store.Fact.CHECKPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bactrian.step.StepContext;
import io.bactrian.task.RejectedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.BindToRegistry;
import org.apache.camel.ExchangeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people who write routes are told of the records that their handlers refuse. */
@BactrianTest
final class RejectsOfARunTest {
  private static final String SUM =
      """
      name: sum_of_good
      namespace_name: demo
      version: "1"
      steps:
        - name: plan
          type: batchable
          handler: {callable: csvAnalyzer, initialization: {batch_size: 4, max_workers: 2}}
        - name: add
          type: batch_worker
          dependencies: [plan]
          on_bad_row: reject
          checkpoint: {interval: 2}
          handler: {callable: adder}
        - name: total
          type: deferred_convergence
          dependencies: [add]
          handler: {callable: "log:total", initialization: {fold: sums}}
      """;

  @TempDir private Path folder;

  @BindToRegistry final Adder adder = new Adder();

  /** Adds the numbers of a chunk, and writes nothing. */
  public static final class Adder {
    private volatile String bad = "none";

    public Map<String, Object> add(
        List<Map<String, Object>> records, @ExchangeProperty("step") StepContext step) {
      long sum = 0;
      for (int i = 0; i < records.size(); i++) {
        String n = String.valueOf(records.get(i).get("n"));
        if (n.equals(bad)) {
          throw step.badRecord(i, "n is %s; allowed: a number".formatted(n));
        }
        sum += n.equals("none") ? 0 : Long.parseLong(n);
      }
      return Map.of("sum", sum);
    }
  }

  @Test
  void eachIsToldOnceInTheOrderOfTheFileWhateverNodesDied(TestEngine engine) throws IOException {
    engine.template(SUM).failAt(CHECKPOINT, 1).failAfter(CHECKPOINT, 2).failAt(CHECKPOINT, 4);

    TaskRun run = engine.runTask("demo/sum_of_good", Map.of("csv_file_path", file()));

    run.isComplete().hasTakeovers(3).hasResult("sum", 24).equalsSerialRun();
    String reason = "n is none; allowed: a number";
    assertThat(run.rejects())
        .extracting(
            RejectedRecord::step,
            RejectedRecord::ordinal,
            reject -> reject.content().text(),
            RejectedRecord::reason)
        .containsExactly(
            tuple("add_001", 2L, "none\n", reason),
            tuple("add_002", 5L, "none\n", reason),
            tuple("add_002", 8L, "none\n", reason));
  }

  @Test
  void aRunThatSetsOthersAsideIsNotTheSame(TestEngine engine) throws IOException {
    engine.template(SUM);
    Map<String, Path> context = Map.of("csv_file_path", file());
    TaskRun strict = engine.runTask("demo/sum_of_good", context).isComplete();
    adder.bad = "";

    TaskRun lenient = engine.runTask("demo/sum_of_good", context).isComplete();

    assertThat(lenient.rejects()).isEmpty();
    assertThat(lenient.result()).isEqualTo(strict.result());
    assertThatThrownBy(() -> lenient.hasAnswersOf(strict))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("the answers differ");
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("numbers.csv"), "n\n1\nnone\n3\n4\nnone\n7\n9\nnone\n");
  }
}
