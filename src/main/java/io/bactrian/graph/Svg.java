package io.bactrian.graph;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a graph as an SVG image of its own: no style sheet, no script, no font but the reader's.
 * Its shapes have classes, so that a page that shows it can give them its own colours.
 */
public final class Svg {
  private static final int WIDTH = 260;
  private static final int HEIGHT = 64;
  private static final int GAP_X = 40;
  private static final int GAP_Y = 56;
  private static final int MARGIN = 24;
  private static final int TITLE = 36;
  private static final int LONGEST = 38;

  private final Graph graph;
  private final List<List<String>> layers;
  private final Map<String, Box> boxes = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private Svg(Graph graph) {
    this.graph = graph;
    this.layers = Layers.of(graph);
  }

  private record Box(int x, int y) {
    int middle() {
      return x + WIDTH / 2;
    }

    int bottom() {
      return y + HEIGHT;
    }
  }

  /** The image, top down, one row a layer. */
  public static String draw(Graph graph) {
    return new Svg(graph).draw();
  }

  private String draw() {
    int widest = layers.stream().mapToInt(List::size).max().orElse(1);
    int width =
        Math.max(
            2 * MARGIN + widest * (WIDTH + GAP_X) - GAP_X, 2 * MARGIN + graph.title().length() * 8);
    int height = TITLE + 2 * MARGIN + layers.size() * (HEIGHT + GAP_Y) - GAP_Y;
    place(width);
    line(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <title>%s</title>
        <defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0,0 L8,4 L0,8 z" fill="#555555"/></marker></defs>
        <rect class="ground" width="%d" height="%d" fill="#ffffff"/>
        <text class="title" x="%d" y="%d" font-size="14" font-weight="bold">%s</text>"""
            .formatted(
                width,
                height,
                width,
                height,
                text(graph.title()),
                width,
                height,
                MARGIN,
                TITLE,
                text(graph.title())));
    graph.edges().forEach(this::edge);
    graph.nodes().forEach(this::node);
    line("</svg>");
    return out.toString();
  }

  private void place(int width) {
    for (int row = 0; row < layers.size(); row++) {
      List<String> layer = layers.get(row);
      int taken = layer.size() * (WIDTH + GAP_X) - GAP_X;
      int x = (width - taken) / 2;
      for (String name : layer) {
        boxes.put(name, new Box(x, TITLE + MARGIN + row * (HEIGHT + GAP_Y)));
        x += WIDTH + GAP_X;
      }
    }
  }

  private void edge(Graph.Edge edge) {
    Box from = boxes.get(edge.from());
    Box to = boxes.get(edge.to());
    if (from == null || to == null) {
      return;
    }
    int bend = (to.y() - from.bottom()) / 2;
    line(
        "<path class=\"edge\" d=\"M%d,%d C%d,%d %d,%d %d,%d\" fill=\"none\" stroke=\"#555555\" marker-end=\"url(#tip)\"/>"
            .formatted(
                from.middle(),
                from.bottom(),
                from.middle(),
                from.bottom() + bend,
                to.middle(),
                to.y() - bend,
                to.middle(),
                to.y()));
  }

  private void node(Graph.Node node) {
    Box box = boxes.getOrDefault(node.name(), new Box(0, 0));
    String look =
        node.state()
            .map(state -> look("step s-" + state.word(), Colours.fill(state)))
            .orElse(look("step", Colours.PLAIN));
    if (node.type() == StepType.BATCH_WORKER) {
      line(shape(node.type(), new Box(box.x() + 5, box.y() - 5), look));
    }
    line(shape(node.type(), box, look));
    line(label(box, 20, "class=\"name\" font-weight=\"bold\"", node.name()));
    line(label(box, 37, look("type", "#444444") + " font-style=\"italic\"", node.type().word()));
    line(label(box, 54, look("detail", ink(node)), node.detail()));
  }

  private static String look(String classes, String fill) {
    return "class=\"%s\" fill=\"%s\"".formatted(classes, fill);
  }

  private static String ink(Graph.Node node) {
    return node.state().equals(java.util.Optional.of(StepState.ERROR)) ? "#8b0000" : "#222222";
  }

  private static String shape(StepType type, Box box, String look) {
    int left = box.x();
    int right = box.x() + WIDTH;
    int top = box.y();
    int bottom = box.bottom();
    int middle = (top + bottom) / 2;
    String points =
        switch (type) {
          case STANDARD, BATCH_WORKER ->
              "%d,%d %d,%d %d,%d %d,%d"
                  .formatted(left, top, right, top, right, bottom, left, bottom);
          case DECISION ->
              "%d,%d %d,%d %d,%d %d,%d %d,%d %d,%d"
                  .formatted(
                      left - 12,
                      middle,
                      left + 8,
                      top,
                      right - 8,
                      top,
                      right + 12,
                      middle,
                      right - 8,
                      bottom,
                      left + 8,
                      bottom);
          case BATCHABLE ->
              "%d,%d %d,%d %d,%d %d,%d"
                  .formatted(left + 14, top, right - 14, top, right, bottom, left, bottom);
          case DEFERRED_CONVERGENCE ->
              "%d,%d %d,%d %d,%d %d,%d"
                  .formatted(left, top, right, top, right - 14, bottom, left + 14, bottom);
        };
    return "<polygon points=\"%s\" %s stroke=\"#555555\"/>".formatted(points, look);
  }

  private static String label(Box box, int down, String look, String content) {
    String shown = content.length() > LONGEST ? content.substring(0, LONGEST - 1) + "…" : content;
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" %s>%s</text>",
        box.middle(),
        box.y() + down,
        look,
        text(shown));
  }

  private static String text(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
