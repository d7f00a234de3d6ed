package io.bactrian.template;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A step as read, with the places its errors point at.
 *
 * @param section the step's mapping
 * @param callable where the callable stands
 * @param dependencies the names it depends on, each with its place
 * @param step the step itself
 */
record ReadStep(
    Section section, Optional<Node> callable, List<Dependency> dependencies, StepTemplate step) {

  /** A dependency and where it stands. */
  record Dependency(String name, Node where) {}

  String name() {
    return step.name();
  }

  /** Where {@code initialization.fold} stands. */
  Optional<Node> fold() {
    return section
        .node("handler")
        .flatMap(h -> value(h, "initialization"))
        .flatMap(i -> value(i, "fold"));
  }

  private static Optional<Node> value(Node node, String key) {
    return node instanceof MappingNode mapping
        ? mapping.getValue().stream()
            .filter(e -> e.getKeyNode() instanceof ScalarNode k && k.getValue().equals(key))
            .map(NodeTuple::getValueNode)
            .findFirst()
        : Optional.empty();
  }

  /** Where the name stands, else the step. */
  Node nameNode() {
    return section.node("name").orElse(section.where());
  }
}
