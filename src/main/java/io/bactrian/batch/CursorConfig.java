package io.bactrian.batch;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The part of the work that one worker gets, {@code [start_cursor, end_cursor)}.
 *
 * <p>Integer cursors are checked; text, timestamps, UUIDs and objects are carried untouched.
 *
 * @param batchId names the worker, unique in its outcome
 * @param startCursor where the part begins
 * @param endCursor where it ends, exclusive
 * @param batchSize how many items it has
 * @param extra further keys, kept as they are, for instance byte offsets
 */
@JsonPropertyOrder({"batch_id", "start_cursor", "end_cursor", "batch_size"})
public record CursorConfig(
    @JsonProperty("batch_id") String batchId,
    @JsonProperty("start_cursor") Object startCursor,
    @JsonProperty("end_cursor") Object endCursor,
    @JsonProperty("batch_size") long batchSize,
    @JsonIgnore Map<String, Object> extra) {

  public CursorConfig {
    if (batchId.isBlank()) {
      throw new InvalidOutcome("batch_id is blank; allowed: a name for the worker");
    }
    if (batchSize < 0) {
      throw new InvalidOutcome("batch_size is %d; allowed: at least 0".formatted(batchSize));
    }
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    checkIntegers(startCursor, endCursor, batchSize);
  }

  /** A part without further keys. */
  public CursorConfig(String batchId, Object startCursor, Object endCursor, long batchSize) {
    this(batchId, startCursor, endCursor, batchSize, Map.of());
  }

  private static void checkIntegers(Object start, Object end, long size) {
    OptionalLong from = integer(start);
    OptionalLong to = integer(end);
    if (from.isPresent() != to.isPresent()) {
      throw new InvalidOutcome(
          "start_cursor is %s, end_cursor is %s; allowed: two integers, or none"
              .formatted(start, end));
    }
    if (from.isEmpty()) {
      return;
    }
    if (from.getAsLong() > to.getAsLong()) {
      throw new InvalidOutcome(
          "end_cursor is %s; allowed: at least start_cursor, %s".formatted(end, start));
    }
    if (size != to.getAsLong() - from.getAsLong()) {
      throw new InvalidOutcome(
          "batch_size is %d; allowed: end_cursor - start_cursor, %d"
              .formatted(size, to.getAsLong() - from.getAsLong()));
    }
  }

  /** Reads JSON data; a missing key is an {@link InvalidOutcome} with its name. */
  @JsonCreator
  static CursorConfig fromMap(Map<String, Object> map) {
    var rest = new LinkedHashMap<>(map);
    Object id = take(rest, "batch_id");
    Object start = take(rest, "start_cursor");
    Object end = take(rest, "end_cursor");
    Object size = take(rest, "batch_size");
    OptionalLong items = integer(size);
    if (!(id instanceof String batchId)) {
      throw new InvalidOutcome("batch_id is %s; allowed: text".formatted(id));
    }
    if (items.isEmpty()) {
      throw new InvalidOutcome("batch_size is %s; allowed: a whole number".formatted(size));
    }
    return new CursorConfig(batchId, start, end, items.getAsLong(), rest);
  }

  private static Object take(Map<String, Object> map, String key) {
    Object value = map.remove(key);
    if (value == null) {
      throw new InvalidOutcome("%s is missing; allowed: a value".formatted(key));
    }
    return value;
  }

  /** The further keys, for JSON. */
  @JsonAnyGetter
  Map<String, Object> json() {
    return extra;
  }

  /** Whether start and end are whole numbers. */
  @JsonIgnore
  public boolean isInteger() {
    return integer(startCursor).isPresent();
  }

  /** A cursor value as a whole number; empty when it is something else. */
  static OptionalLong integer(@Nullable Object value) {
    if (value instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? OptionalLong.of(big.longValue()) : OptionalLong.empty();
    }
    boolean integral = value instanceof Integer || value instanceof Long || value instanceof Short;
    return integral && value instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }
}
