package io.bactrian.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.bactrian.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a batchable step answers: whether the work is divided, and how.
 *
 * <p>JSON: {@code {"type": "no_batches"}} or {@code {"type": "create_batches", …}}.
 */
@JsonDeserialize(using = OutcomeReader.class)
public sealed interface BatchProcessingOutcome
    permits BatchProcessingOutcome.NoBatches, BatchProcessingOutcome.CreateBatches {

  /** The key of a step's result under which its outcome stands. */
  String RESULT_KEY = "batch_processing_outcome";

  /** Whether workers are to be created. */
  boolean requiresBatchCreation();

  static BatchProcessingOutcome noBatches() {
    return new NoBatches();
  }

  /**
   * Asks for workers.
   *
   * @param workerTemplateName the batch_worker step of the template they are made from
   * @param workerCount how many; the number of cursors
   * @param cursorConfigs one part of the work each, in batch order
   * @param totalItems items of all parts together
   * @throws InvalidOutcome if these do not fit together
   */
  static BatchProcessingOutcome createBatches(
      String workerTemplateName,
      int workerCount,
      List<CursorConfig> cursorConfigs,
      long totalItems) {
    return new CreateBatches(workerTemplateName, workerCount, cursorConfigs, totalItems);
  }

  /** Asks for one worker a cursor. */
  static BatchProcessingOutcome createBatches(
      String workerTemplateName, List<CursorConfig> cursorConfigs, long totalItems) {
    return createBatches(workerTemplateName, cursorConfigs.size(), cursorConfigs, totalItems);
  }

  /**
   * The outcome in a step's result; empty when there is none.
   *
   * @throws InvalidOutcome if it is there and cannot be carried out
   */
  static Optional<BatchProcessingOutcome> ofResult(Map<String, Object> result) {
    return Optional.ofNullable(result.get(RESULT_KEY))
        .map(value -> OutcomeReader.read(Json.MAPPER.valueToTree(value)));
  }

  /** The work is not divided: there is too little of it. */
  @JsonPropertyOrder({"type"})
  @JsonDeserialize
  record NoBatches() implements BatchProcessingOutcome {

    @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
    public String type() {
      return "no_batches";
    }

    @Override
    public boolean requiresBatchCreation() {
      return false;
    }
  }

  /**
   * One worker a cursor.
   *
   * @param workerTemplateName the batch_worker step they are made from
   * @param workerCount how many
   * @param cursorConfigs their parts, in batch order
   * @param totalItems items of all parts together
   */
  @JsonPropertyOrder({
    "type",
    "worker_template_name",
    "worker_count",
    "cursor_configs",
    "total_items"
  })
  @JsonDeserialize
  record CreateBatches(
      @JsonProperty("worker_template_name") String workerTemplateName,
      @JsonProperty("worker_count") int workerCount,
      @JsonProperty("cursor_configs") List<CursorConfig> cursorConfigs,
      @JsonProperty("total_items") long totalItems)
      implements BatchProcessingOutcome {

    @JsonCreator
    public CreateBatches {
      cursorConfigs = List.copyOf(cursorConfigs);
      Cursors.check(workerTemplateName, workerCount, cursorConfigs, totalItems);
    }

    @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
    public String type() {
      return "create_batches";
    }

    @Override
    @JsonIgnore
    public boolean requiresBatchCreation() {
      return true;
    }
  }
}
