package io.bactrian.batch;

import com.fasterxml.jackson.annotation.JsonValue;
import io.bactrian.template.CheckpointRule;
import io.bactrian.template.FailureStrategy;
import io.bactrian.template.StepTemplate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch worker is given, {@code workflow_steps.inputs}.
 *
 * @param cursor its part of the work
 * @param batchMetadata how the batch is run: {@code cursor_field}, {@code failure_strategy} …
 * @param isNoOp whether it is a placeholder without work
 * @param initialization the template's initialization, at the top level of the JSON
 */
public record BatchWorkerInputs(
    CursorConfig cursor,
    Map<String, Object> batchMetadata,
    boolean isNoOp,
    Map<String, Object> initialization) {

  public BatchWorkerInputs {
    batchMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(batchMetadata));
    initialization = Collections.unmodifiableMap(new LinkedHashMap<>(initialization));
  }

  /** The inputs of a worker with work, whose template says nothing but this. */
  public static BatchWorkerInputs of(CursorConfig cursor, Map<String, Object> initialization) {
    var metadata = new LinkedHashMap<String, Object>();
    metadata.put("cursor_field", "row_number");
    metadata.put("failure_strategy", FailureStrategy.CONTINUE_ON_FAILURE.word());
    return new BatchWorkerInputs(cursor, metadata, false, initialization);
  }

  /** The inputs of a worker with work. */
  public static BatchWorkerInputs of(CursorConfig cursor, StepTemplate worker) {
    BatchWorkerInputs plain = of(cursor, worker.initialization());
    var metadata = new LinkedHashMap<>(plain.batchMetadata);
    metadata.put("failure_strategy", worker.failureStrategy().word());
    if (worker.worker().checkpoint() instanceof CheckpointRule.Interval interval) {
      metadata.put("checkpoint_interval", interval.records());
    }
    return new BatchWorkerInputs(cursor, metadata, false, plain.initialization);
  }

  /** The inputs of a placeholder: a worker that is there and has nothing to do. */
  static BatchWorkerInputs placeholder(StepTemplate worker) {
    BatchWorkerInputs plain = of(new CursorConfig("000", 0, 0, 0), worker);
    return new BatchWorkerInputs(plain.cursor, plain.batchMetadata, true, plain.initialization);
  }

  /** The inputs as JSON data; Jackson writes them so. */
  @JsonValue
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    var part = new LinkedHashMap<String, Object>();
    part.put("batch_id", cursor.batchId());
    part.put("start_cursor", cursor.startCursor());
    part.put("end_cursor", cursor.endCursor());
    part.put("batch_size", cursor.batchSize());
    part.putAll(cursor.extra());
    map.put("cursor", part);
    map.put("batch_metadata", batchMetadata);
    map.put("is_no_op", isNoOp);
    initialization.forEach(map::putIfAbsent);
    return map;
  }
}
