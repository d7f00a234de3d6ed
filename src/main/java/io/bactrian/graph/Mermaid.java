package io.bactrian.graph;

import io.bactrian.template.StepType;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws a graph as a Mermaid flowchart, as Markdown pages show it (<a
 * href="https://mermaid.js.org/syntax/flowchart.html">syntax</a>).
 */
public final class Mermaid {
  private Mermaid() {}

  /** The text of the flowchart, top down. */
  public static String draw(Graph graph) {
    var text = new StringBuilder("---\ntitle: ").append(quoted(graph.title())).append("\n---\n");
    text.append("flowchart TD\n");
    Map<String, String> ids = new HashMap<>();
    for (Graph.Node node : graph.nodes()) {
      String id = "s" + (ids.size() + 1);
      ids.put(node.name(), id);
      text.append("  ").append(id).append(shape(node.type(), label(node))).append('\n');
      node.state()
          .ifPresent(
              state ->
                  text.append(
                          "  style %s fill:%s%n".formatted(id, Colours.fill(state)).stripTrailing())
                      .append('\n'));
    }
    for (Graph.Edge edge : graph.edges()) {
      text.append("  ")
          .append(ids.get(edge.from()))
          .append(" --> ")
          .append(ids.get(edge.to()))
          .append('\n');
    }
    return text.toString();
  }

  private static String label(Graph.Node node) {
    String detail = node.detail().isEmpty() ? "" : "<br/>" + escaped(node.detail());
    return quoted("%s<br/><i>%s</i>%s".formatted(escaped(node.name()), node.type().word(), detail));
  }

  private static String shape(StepType type, String label) {
    return switch (type) {
      case STANDARD -> "[" + label + "]";
      case DECISION -> "{" + label + "}";
      case BATCHABLE -> "[/" + label + "\\]";
      case BATCH_WORKER -> "[[" + label + "]]";
      case DEFERRED_CONVERGENCE -> "[\\" + label + "/]";
    };
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
