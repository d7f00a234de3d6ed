package io.bactrian.template;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

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

  /** Where the name stands, else the step. */
  Node nameNode() {
    return section.node("name").orElse(section.where());
  }
}
