package io.bactrian.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class GraphTest {

  @Test
  void aLayerIsTheLongestWay() {
    assertThat(Layers.of(graph("a>b b>c a>c c>d")))
        .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));
  }

  @Test
  void nodesOfALayerStandBelowTheirParents() {
    assertThat(Layers.of(graph("a>x a>y a>z x>p y>q z>r x>x2 q>end r>end p>end x2>end")).get(2))
        .satisfies(layer -> assertThat(layer.indexOf("p")).isLessThan(layer.indexOf("q")))
        .satisfies(layer -> assertThat(layer.indexOf("x2")).isLessThan(layer.indexOf("q")))
        .satisfies(layer -> assertThat(layer.indexOf("q")).isLessThan(layer.indexOf("r")));
  }

  @Test
  void crossingEdgesAreUntangled() {
    assertThat(Layers.of(graph("top>a top>b a>late b>early a>late2 b>early2")).get(2))
        .isEqualTo(List.of("late", "late2", "early", "early2"));
  }

  @Test
  void namesCannotBreakOutOfADrawing() {
    var node =
        new Graph.Node("a", StepType.DECISION, "bean:x?y=\"<b>\"&z", Optional.of(StepState.ERROR));
    var graph = new Graph("t", List.of(node), List.of());

    assertThat(Svg.draw(graph)).contains("bean:x?y=&quot;&lt;b&gt;&quot;&amp;z");
    assertThat(Mermaid.draw(graph)).contains("bean:x?y=&quot;&lt;b&gt;&quot;&amp;z");
  }

  private static Graph graph(String edges) {
    List<Graph.Edge> all =
        Arrays.stream(edges.split(" ", -1))
            .map(edge -> new Graph.Edge(edge.split(">", -1)[0], edge.split(">", -1)[1]))
            .toList();
    List<Graph.Node> nodes =
        all.stream()
            .flatMap(edge -> Stream.of(edge.from(), edge.to()))
            .distinct()
            .map(name -> new Graph.Node(name, StepType.STANDARD, "", Optional.empty()))
            .toList();
    return new Graph("test", nodes, all);
  }
}
