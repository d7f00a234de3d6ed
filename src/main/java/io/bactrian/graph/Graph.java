package io.bactrian.graph;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.util.List;
import java.util.Optional;

/**
 * What is drawn: one node a template step, however many workers it has.
 *
 * @param title what it is of
 * @param nodes in template order
 * @param edges from who is waited for to who waits
 */
public record Graph(String title, List<Node> nodes, List<Edge> edges) {

  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * One step, or all workers of a template step.
   *
   * @param name the template step
   * @param type its type
   * @param detail the second line, for instance {@code 3 of 5 complete}; may be empty
   * @param state how it is coloured; empty in a template
   */
  public record Node(String name, StepType type, String detail, Optional<StepState> state) {}

  /** A dependency. */
  public record Edge(String from, String to) {}
}
