package io.bactrian.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.GivenResults;
import io.bactrian.step.StepResult;
import io.bactrian.template.StepType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchAggregationScenarioTest {
  private static final StepResult ANALYZE =
      new StepResult("analyze", "analyze", StepType.BATCHABLE, -1, false, Map.of("total_rows", 3));

  @Test
  void withoutWorkersTheBatchablesResultIsKept() {
    var scenario =
        BatchAggregationScenario.detect(new GivenResults(List.of(ANALYZE)), "analyze", "work_");

    assertThat(scenario).isEqualTo(new BatchAggregationScenario.NoBatches(Map.of("total_rows", 3)));
    assertThat(scenario.workerCount()).isZero();
  }

  @Test
  void workersComeInBatchOrderAndCanBeTakenAgain() {
    var results =
        new GivenResults(
            List.of(ANALYZE, worker("work_1000", 999, false), worker("work_101", 100, false)));

    var scenario = BatchAggregationScenario.detect(results, "analyze", "work_");

    assertThat(scenario.workerCount()).isEqualTo(2);
    var with = (BatchAggregationScenario.WithBatches) scenario;
    for (int take = 0; take < 2; take++) {
      assertThat(with.batchResults())
          .extracting(StepResult::name)
          .containsExactly("work_101", "work_1000");
    }
  }

  @Test
  void placeholdersAndOtherStepsDoNotCount() {
    var other = new StepResult("workshop", "workshop", StepType.STANDARD, -1, false, Map.of());
    var results = new GivenResults(List.of(ANALYZE, worker("work_000", 0, true), other));

    assertThat(BatchAggregationScenario.detect(results, "analyze", "work_"))
        .isInstanceOf(BatchAggregationScenario.NoBatches.class);
  }

  private static StepResult worker(String name, int index, boolean noOp) {
    return new StepResult(name, "work", StepType.BATCH_WORKER, index, noOp, Map.of());
  }
}
