package io.bactrian.task;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a context may be: JSON data and nothing that would have to be changed to become JSON, and
 * not too much of it.
 *
 * @param maxBytes size as compact UTF-8 JSON
 * @param maxDepth how deep objects and lists may be nested, the context itself being 1
 * @param maxKeys keys of all its objects together
 */
public record ContextLimits(int maxBytes, int maxDepth, int maxKeys) {
  /** The defaults of the settings. */
  public static final ContextLimits STANDARD = new ContextLimits(1 << 20, 32, 10_000);

  private static final int MOST_EXPONENT = 1000;
  private static final int MOST_PROBLEMS = 20;

  /** What is wrong with a context, each with its path; empty when it can be kept as it is. */
  List<String> problems(Map<String, Object> context) {
    var found = new Finding();
    found.look("", context, 1);
    if (found.keys > maxKeys) {
      found.say(
          "",
          "has %d keys; allowed: at most %d (setting bactrian.context.max-keys)"
              .formatted(found.keys, maxKeys));
    }
    if (found.problems.isEmpty()) {
      int bytes = Json.write(context).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        found.say(
            "",
            "has %d bytes; allowed: at most %d (setting bactrian.context.max-bytes)"
                .formatted(bytes, maxBytes));
      }
    }
    return found.problems;
  }

  /** One walk through a context. */
  private final class Finding {
    private final List<String> problems = new ArrayList<>();
    private long keys;

    private void say(String path, String what) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add("%s: %s".formatted(path.isEmpty() ? "top level" : path, what));
      }
    }

    private void look(String path, @Nullable Object value, int depth) {
      if (value instanceof Map<?, ?> || value instanceof Iterable<?>) {
        lookInto(path, value, depth);
      } else if (value instanceof JsonNode node) {
        look(path, Json.MAPPER.convertValue(node, Object.class), depth);
      } else if (value instanceof CharSequence text) {
        checkText(path, text);
      } else if (value instanceof Number number) {
        checkNumber(path, number);
      } else if (value != null && !(value instanceof Boolean)) {
        say(
            path,
            "is a %s; allowed: text, numbers, true, false, null, lists and objects"
                .formatted(value.getClass().getName()));
      }
    }

    private void lookInto(String path, Object value, int depth) {
      if (depth > maxDepth) {
        say(
            path,
            "is nested deeper than %d; allowed: at most that (setting bactrian.context.max-depth)"
                .formatted(maxDepth));
      } else if (value instanceof Map<?, ?> map) {
        keys += map.size();
        map.forEach(
            (key, entry) -> {
              if (key instanceof String name) {
                checkText(path + "/" + name, name);
                look(path + "/" + name, entry, depth + 1);
              } else {
                say(path, "has the key %s, which is no text; allowed: text".formatted(key));
              }
            });
      } else if (value instanceof Iterable<?> list) {
        int index = 0;
        for (Object element : list) {
          look(path + "/" + index++, element, depth + 1);
        }
      }
    }

    private void checkText(String path, CharSequence text) {
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        say(path, "has half of a surrogate pair; allowed: Unicode text");
      }
    }

    private void checkNumber(String path, Number number) {
      boolean exact =
          number instanceof BigInteger
              || number instanceof Integer
              || number instanceof Long
              || number instanceof Short
              || number instanceof Byte;
      if (number instanceof BigDecimal decimal) {
        if (Math.abs((long) decimal.scale()) > MOST_EXPONENT) {
          say(
              path,
              "is a number with an exponent of more than %d; allowed: at most that"
                  .formatted(MOST_EXPONENT));
        }
      } else if (!exact && !Double.isFinite(number.doubleValue())) {
        say(path, "is %s, which is no JSON number; allowed: a number".formatted(number));
      } else if (!exact && !(number instanceof Double) && !(number instanceof Float)) {
        say(path, "is a %s; allowed: a number".formatted(number.getClass().getName()));
      }
    }
  }
}
