package io.bactrian.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a template says for one environment put over what it says for all: mappings key by key,
 * steps by their name, anything else as a whole.
 */
final class Environments {
  static final String KEY = "environments";
  private static final String STEPS = "steps";

  private final Problems problems;

  Environments(Problems problems) {
    this.problems = problems;
  }

  /** The template as each of its environments has it; errors in the environments are problems. */
  Map<String, Node> of(Node template) {
    var merged = new LinkedHashMap<String, Node>();
    value(template, KEY)
        .ifPresent(
            node -> {
              Section all = Section.of("template, environments", node, Keys.ANY, problems);
              for (String name : all.keys()) {
                Node overrides = all.node(name).orElseThrow();
                if (!Grammar.isName(name)) {
                  problems.add(
                      overrides,
                      "environments: name '%s'; allowed: %s".formatted(name, Grammar.NAME));
                }
                check(name, overrides, template);
                merged.put(name, over(template, overrides));
              }
            });
    return merged;
  }

  private void check(String name, Node overrides, Node template) {
    Section section = Section.of("environment " + name, overrides, Keys.ENVIRONMENT, problems);
    List<String> known = names(template);
    for (Node step : section.list(STEPS).orElse(List.of())) {
      Section changed =
          Section.of("environment %s, step".formatted(name), step, Keys.STEP_OVERRIDE, problems);
      Optional<String> stepName = changed.text("name", n -> true, "a step's name");
      if (stepName.isPresent() && !known.contains(stepName.get())) {
        problems.add(
            step,
            "environment %s: '%s' is no step%s"
                .formatted(name, stepName.get(), Nearest.hint(stepName.get(), known)));
      }
    }
  }

  private static List<String> names(Node template) {
    return elements(template).stream().flatMap(step -> name(step).stream()).toList();
  }

  private static List<Node> elements(Node template) {
    return value(template, STEPS)
        .filter(SequenceNode.class::isInstance)
        .map(steps -> ((SequenceNode) steps).getValue())
        .orElse(List.of());
  }

  private static Optional<String> name(Node step) {
    return value(step, "name")
        .filter(ScalarNode.class::isInstance)
        .map(name -> ((ScalarNode) name).getValue());
  }

  private static Node over(Node base, Node overrides) {
    if (!(base instanceof MappingNode below) || !(overrides instanceof MappingNode above)) {
      return overrides;
    }
    var entries = new LinkedHashMap<String, NodeTuple>();
    below.getValue().forEach(entry -> entries.put(key(entry), entry));
    for (NodeTuple entry : above.getValue()) {
      entries.merge(
          key(entry),
          entry,
          (old, changed) ->
              new NodeTuple(
                  changed.getKeyNode(),
                  key(changed).equals(STEPS)
                      ? steps(old.getValueNode(), changed.getValueNode())
                      : over(old.getValueNode(), changed.getValueNode())));
    }
    return new MappingNode(
        below.getTag(),
        true,
        List.copyOf(entries.values()),
        below.getFlowStyle(),
        below.getStartMark(),
        below.getEndMark());
  }

  private static Node steps(Node base, Node overrides) {
    if (!(base instanceof SequenceNode below) || !(overrides instanceof SequenceNode above)) {
      return base;
    }
    var steps = new ArrayList<Node>();
    for (Node step : below.getValue()) {
      Node changed = step;
      for (Node override : above.getValue()) {
        if (name(step).isPresent() && name(step).equals(name(override))) {
          changed = over(changed, override);
        }
      }
      steps.add(changed);
    }
    return new SequenceNode(
        below.getTag(),
        true,
        steps,
        below.getFlowStyle(),
        below.getStartMark(),
        below.getEndMark());
  }

  private static Optional<Node> value(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(entry -> key(entry).equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  private static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
  }
}
