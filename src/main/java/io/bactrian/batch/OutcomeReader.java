package io.bactrian.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import io.bactrian.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a {@link BatchProcessingOutcome} from JSON and says what is wrong with one. */
final class OutcomeReader extends StdDeserializer<BatchProcessingOutcome> {
  private static final long serialVersionUID = 1L;
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  OutcomeReader() {
    super(BatchProcessingOutcome.class);
  }

  @Override
  public BatchProcessingOutcome deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return read(context.readTree(parser));
  }

  static BatchProcessingOutcome read(JsonNode outcome) {
    if (!outcome.isObject()) {
      throw new InvalidOutcome(
          "%s is %s; allowed: an object".formatted(BatchProcessingOutcome.RESULT_KEY, outcome));
    }
    JsonNode type = outcome.path("type");
    return switch (type.asText("")) {
      case "no_batches" -> BatchProcessingOutcome.noBatches();
      case "create_batches" -> createBatches(outcome);
      default ->
          throw new InvalidOutcome(
              "type is %s; allowed: no_batches, create_batches"
                  .formatted(type.isMissingNode() ? "missing" : type));
    };
  }

  private static BatchProcessingOutcome createBatches(JsonNode outcome) {
    JsonNode name = required(outcome, "worker_template_name");
    if (!name.isTextual()) {
      throw new InvalidOutcome("worker_template_name is %s; allowed: text".formatted(name));
    }
    long count = integer(outcome, "worker_count");
    if (count < 1 || count > Integer.MAX_VALUE) {
      throw new InvalidOutcome("worker_count is %d; allowed: at least 1".formatted(count));
    }
    return BatchProcessingOutcome.createBatches(
        name.asText(), (int) count, cursors(outcome), integer(outcome, "total_items"));
  }

  private static List<CursorConfig> cursors(JsonNode outcome) {
    JsonNode list = required(outcome, "cursor_configs");
    if (!list.isArray()) {
      throw new InvalidOutcome(
          "cursor_configs is %s; allowed: a list".formatted(list.getNodeType()));
    }
    var cursors = new ArrayList<CursorConfig>(list.size());
    for (JsonNode cursor : list) {
      String where = "cursor_configs[%d]".formatted(cursors.size());
      if (!cursor.isObject()) {
        throw new InvalidOutcome("%s is %s; allowed: an object".formatted(where, cursor));
      }
      try {
        cursors.add(CursorConfig.fromMap(Json.MAPPER.convertValue(cursor, OBJECT)));
      } catch (InvalidOutcome e) {
        throw new InvalidOutcome("%s.%s".formatted(where, e.getMessage()), e);
      }
    }
    return cursors;
  }

  private static long integer(JsonNode outcome, String key) {
    JsonNode number = required(outcome, key);
    if (!number.isIntegralNumber() || !number.canConvertToLong()) {
      throw new InvalidOutcome("%s is %s; allowed: a whole number".formatted(key, number));
    }
    return number.longValue();
  }

  private static JsonNode required(JsonNode outcome, String key) {
    JsonNode value = outcome.path(key);
    if (value.isMissingNode() || value.isNull()) {
      throw new InvalidOutcome("%s is missing; allowed: a value".formatted(key));
    }
    return value;
  }
}
