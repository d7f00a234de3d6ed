package io.bactrian.batch;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.step.StepContext;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a batch worker is told, read from its inputs. Immutable. */
public final class BatchWorkerContext {
  private static final int DEFAULT_CHECKPOINT_INTERVAL = 100;

  private final Map<String, Object> cursor;
  private final Map<String, Object> batchMetadata;
  private final boolean noOp;
  private final Optional<Checkpoint> checkpoint;

  private BatchWorkerContext(Map<String, Object> inputs, Optional<Checkpoint> checkpoint) {
    this.noOp = Boolean.TRUE.equals(inputs.get("is_no_op"));
    this.cursor = object(inputs.get("cursor"));
    this.batchMetadata = object(inputs.get("batch_metadata"));
    this.checkpoint = checkpoint;
    if (!noOp) {
      checkCursor();
    }
  }

  /**
   * Reads the inputs of a running worker.
   *
   * @throws InvalidOutcome naming what is missing, unless the worker is a no-op
   */
  public static BatchWorkerContext from(StepContext step) {
    return new BatchWorkerContext(step.inputs(), step.checkpoint());
  }

  /** Reads given inputs, without a checkpoint. */
  public static BatchWorkerContext from(Map<String, Object> inputs) {
    return new BatchWorkerContext(inputs, Optional.empty());
  }

  private void checkCursor() {
    if (cursor.isEmpty()) {
      throw new InvalidOutcome(
          "the worker's inputs have no cursor; allowed: a cursor, or is_no_op");
    }
    for (String key : new String[] {"batch_id", "start_cursor", "end_cursor"}) {
      if (cursor.get(key) == null) {
        throw new InvalidOutcome("the worker's cursor has no %s; allowed: a value".formatted(key));
      }
    }
  }

  /** The cursor as JSON data; a no-op may have none, it is empty then. */
  public Map<String, Object> cursor() {
    return cursor;
  }

  /** How the batch is run; empty where absent. */
  public Map<String, Object> batchMetadata() {
    return batchMetadata;
  }

  /** The start cursor; 0 where it is absent or no whole number. */
  public long startPosition() {
    return number(cursor, "start_cursor").orElse(0);
  }

  /** The end cursor, exclusive; 0 where it is absent or no whole number. */
  public long endPosition() {
    return number(cursor, "end_cursor").orElse(0);
  }

  /** The batch's id; {@code unknown} where it is absent. */
  public String batchId() {
    Object id = cursor.get("batch_id");
    return id == null ? "unknown" : id.toString();
  }

  /** Records between two checkpoints; 100 where it is absent. */
  public long checkpointInterval() {
    return number(batchMetadata, "checkpoint_interval").orElse(DEFAULT_CHECKPOINT_INTERVAL);
  }

  /** Whether the worker is a placeholder without work. */
  public boolean isNoOp() {
    return noOp;
  }

  /** The last committed checkpoint of the worker. */
  public Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  /** Whether the range is done with this checkpoint. */
  public boolean isEndedBy(Checkpoint next) {
    return next.cursor().isEmpty() && next.position() >= endPosition();
  }

  /** What a placeholder answers. */
  public Map<String, Object> noOpResult() {
    var result = new LinkedHashMap<String, Object>();
    result.put("no_op", true);
    result.put("reason", "NoBatches scenario");
    result.put("batch_id", batchId());
    return result;
  }

  private static OptionalLong number(Map<String, Object> map, String key) {
    return CursorConfig.integer(map.get(key));
  }

  private static Map<String, Object> object(@Nullable Object value) {
    var object = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, entry) -> object.put(String.valueOf(key), entry));
    }
    return Collections.unmodifiableMap(object);
  }
}
