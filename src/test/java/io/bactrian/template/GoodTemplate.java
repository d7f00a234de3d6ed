package io.bactrian.template;

import java.util.Collection;
import java.util.List;

/** A template without a fault, and the handlers that it names; one more stands there twice. */
final class GoodTemplate implements HandlerNames {
  static final String YAML =
      """
      name: demo
      namespace_name: tests
      version: "1.0.0"
      lifecycle: {max_duration_minutes: 30}
      input_schema: {type: object, required: [file]}
      steps:
        - name: plan
          type: batchable
          handler: {callable: planner, initialization: {batch_size: 200, max_workers: 5}}
        - name: work
          type: batch_worker
          dependencies: [plan]
          lifecycle: {max_steps_in_process_minutes: 120, max_retries: 3, backoff_multiplier: 2.5}
          handler: {callable: worker}
        - name: total
          type: deferred_convergence
          dependencies: [work]
          handler: {callable: adder, initialization: {fold: sums}}
        - name: tell
          depends_on: [total]
          timeout_seconds: 7
          retry: {max_attempts: 2, backoff: linear, backoff_base_ms: 100, max_backoff_ms: 900}
          handler: {callable: teller}
          failure_strategy: fail_fast
      """;

  private static final List<String> HANDLERS =
      List.of(
          "planner",
          "worker",
          "adder",
          "teller",
          "twice",
          "BatchProcessing::CsvAnalyzerHandler",
          "BatchProcessing::CsvBatchProcessorHandler",
          "BatchProcessing::CsvResultsAggregatorHandler");

  @Override
  public Resolution resolve(String callable) {
    if (callable.equals("twice")) {
      return new Ambiguous(List.of("a route id", "a bean"));
    }
    return HANDLERS.contains(callable)
        ? new Found("direct:" + callable)
        : new Unusable("is unknown");
  }

  @Override
  public Collection<String> known() {
    return HANDLERS;
  }

  @Override
  public Collection<String> folds() {
    return List.of("sums", "list", "inventoryFold");
  }
}
