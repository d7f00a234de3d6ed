package io.bactrian.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.NodeType;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One mapping of a template file, read key by key; what does not fit becomes a problem. */
final class Section {
  private final String name;
  private final Node where;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Problems problems;

  private Section(String name, Node where, Problems problems) {
    this.name = name;
    this.where = where;
    this.problems = problems;
  }

  /** Reads the keys of a node; a node that is no mapping is a problem and an empty section. */
  static Section of(String name, Node node, Keys keys, Problems problems) {
    var section = new Section(name, node, problems);
    if (!(node instanceof MappingNode mapping)) {
      problems.add(node, "%s is %s; allowed: a mapping".formatted(name, kind(node)));
      return section;
    }
    for (NodeTuple entry : mapping.getValue()) {
      section.add(entry, keys);
    }
    return section;
  }

  private void add(NodeTuple entry, Keys keys) {
    Node keyNode = entry.getKeyNode();
    String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (keys.isPlanned(key)) {
      problems.add(
          keyNode,
          "%s: '%s' is not supported yet (line %d)".formatted(name, key, Problems.line(keyNode)));
    } else if (!keys.isAllowed(key)) {
      problems.add(
          keyNode,
          "%s: unknown key '%s'%s; allowed: %s"
              .formatted(
                  name, key, Nearest.hint(key, keys.allowed()), String.join(", ", keys.allowed())));
    } else {
      entries.putIfAbsent(key, entry);
    }
  }

  Node where() {
    return where;
  }

  Optional<Node> node(String key) {
    return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
  }

  /** The keys that stand in it. */
  List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  void problem(Node at, String message) {
    problems.add(at, message);
  }

  /** A key that must be there. */
  Optional<Node> required(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty() && where instanceof MappingNode) {
      problems.add(where, "%s: key '%s' is missing".formatted(name, key));
    }
    return node;
  }

  Optional<String> text(String key) {
    return scalar(key, Tag.STR, "text");
  }

  /** A text that follows a rule, or one of its other scalar forms (a version like 1.0). */
  Optional<String> text(String key, Predicate<String> rule, String allowed) {
    Optional<Node> node = required(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!(node.get() instanceof ScalarNode scalar) || !rule.test(scalar.getValue())) {
      problems.add(
          node.get(), "%s: %s is %s; allowed: %s".formatted(name, key, kind(node.get()), allowed));
      return Optional.empty();
    }
    return Optional.of(scalar.getValue());
  }

  Optional<Integer> integer(String key, int least) {
    return scalar(key, Tag.INT, "a whole number of at least " + least)
        .flatMap(
            value -> {
              try {
                int number = Integer.parseInt(value);
                if (number >= least) {
                  return Optional.of(number);
                }
              } catch (NumberFormatException e) {
                // Said below, together with what is too small.
              }
              node(key)
                  .ifPresent(
                      at ->
                          problems.add(
                              at,
                              "%s: %s is %s; allowed: a whole number of at least %d"
                                  .formatted(name, key, value, least)));
              return Optional.empty();
            });
  }

  Optional<Double> number(String key, double least) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    boolean numeric = node.get().getTag().equals(Tag.INT) || node.get().getTag().equals(Tag.FLOAT);
    if (numeric && node.get() instanceof ScalarNode scalar) {
      double value = Plain.number(scalar).doubleValue();
      if (value >= least && Double.isFinite(value)) {
        return Optional.of(value);
      }
    }
    problems.add(
        node.get(),
        "%s: %s is %s; allowed: a number of at least %s"
            .formatted(name, key, kind(node.get()), least));
    return Optional.empty();
  }

  Optional<Boolean> flag(String key) {
    return scalar(key, Tag.BOOL, "true or false").map(Boolean::parseBoolean);
  }

  Optional<String> oneOf(String key, List<String> supported, List<String> planned) {
    Optional<String> value = text(key);
    if (value.isEmpty() || supported.contains(value.get())) {
      return value;
    }
    Node at = node(key).orElse(where);
    if (planned.contains(value.get())) {
      problems.add(
          at,
          "%s: '%s: %s' is not supported yet (line %d)"
              .formatted(name, key, value.get(), Problems.line(at)));
    } else {
      problems.add(
          at,
          "%s: %s is '%s'%s; allowed: %s"
              .formatted(
                  name,
                  key,
                  value.get(),
                  Nearest.hint(value.get(), supported),
                  String.join(", ", supported)));
    }
    return Optional.empty();
  }

  Optional<Section> section(String key, Keys keys) {
    return node(key).map(node -> of(name + ", " + key, node, keys, problems));
  }

  Optional<List<Node>> list(String key) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof SequenceNode sequence) {
      return Optional.of(sequence.getValue());
    }
    problems.add(
        node.get(), "%s: %s is %s; allowed: a list".formatted(name, key, kind(node.get())));
    return Optional.empty();
  }

  /** A list of texts, none of them blank. */
  List<String> texts(String key) {
    var texts = new ArrayList<String>();
    for (Node element : list(key).orElse(List.of())) {
      if (element instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
        texts.add(scalar.getValue());
      } else {
        problems.add(element, "%s: %s holds %s; allowed: text".formatted(name, key, kind(element)));
      }
    }
    return texts;
  }

  private Optional<String> scalar(String key, Tag tag, String allowed) {
    Optional<Node> node = node(key);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (node.get() instanceof ScalarNode scalar && scalar.getTag().equals(tag)) {
      return Optional.of(scalar.getValue());
    }
    problems.add(
        node.get(), "%s: %s is %s; allowed: %s".formatted(name, key, kind(node.get()), allowed));
    return Optional.empty();
  }

  static String kind(Node node) {
    if (node.getNodeType() == NodeType.SCALAR) {
      return "'" + ((ScalarNode) node).getValue() + "'";
    }
    return node.getNodeType() == NodeType.MAPPING ? "a mapping" : "a list";
  }
}
