package io.bactrian.batch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link DecisionOutcome} from JSON and says what is wrong with one. */
final class DecisionReader extends StdDeserializer<DecisionOutcome> {
  private static final long serialVersionUID = 1L;

  DecisionReader() {
    super(DecisionOutcome.class);
  }

  @Override
  public DecisionOutcome deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return read(context.readTree(parser));
  }

  static DecisionOutcome read(JsonNode outcome) {
    if (!outcome.isObject()) {
      throw new InvalidOutcome(
          "%s is %s; allowed: an object".formatted(DecisionOutcome.RESULT_KEY, outcome));
    }
    JsonNode type = outcome.path("type");
    return switch (type.asText("")) {
      case "no_branches" -> DecisionOutcome.noBranches();
      case "create_steps" -> DecisionOutcome.createSteps(names(outcome.path("step_names")));
      default ->
          throw new InvalidOutcome(
              "type is %s; allowed: no_branches, create_steps"
                  .formatted(type.isMissingNode() ? "missing" : type));
    };
  }

  private static List<String> names(JsonNode list) {
    if (!list.isArray()) {
      throw new InvalidOutcome(
          "step_names is %s; allowed: a list of step names"
              .formatted(list.isMissingNode() ? "missing" : list));
    }
    var names = new ArrayList<String>();
    for (JsonNode name : list) {
      if (!name.isTextual()) {
        throw new InvalidOutcome(
            "step_names[%d] is %s; allowed: text".formatted(names.size(), name));
      }
      names.add(name.asText());
    }
    return names;
  }
}
