package io.bactrian.template;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Turns YAML nodes into plain data: maps, lists, text, numbers, truth values. */
final class Plain {
  private Plain() {}

  static @Nullable Object value(Node node, LoadSettings settings) {
    return new StandardConstructor(settings).constructSingleDocument(Optional.of(node));
  }

  /** A mapping whose keys are text; empty for a node in which {@link NodeCheck} found a problem. */
  static Map<String, Object> mapping(Node node, LoadSettings settings) {
    var mapping = new LinkedHashMap<String, Object>();
    try {
      if (value(node, settings) instanceof Map<?, ?> values) {
        values.forEach((key, value) -> mapping.put(String.valueOf(key), value));
      }
    } catch (YamlEngineException | NumberFormatException e) {
      return Map.of();
    }
    return mapping;
  }

  static BigDecimal number(ScalarNode scalar) {
    try {
      return new BigDecimal(scalar.getValue());
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }
}
