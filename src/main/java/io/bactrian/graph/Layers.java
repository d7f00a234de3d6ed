package io.bactrian.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where each node of a graph stands: its layer is the longest way to it, its place in the layer the
 * mean place of its neighbours, found in a few sweeps down and up (Sugiyama's method without
 * dummies).
 */
final class Layers {
  private static final int SWEEPS = 8;

  private final Graph graph;
  private final Map<String, Integer> layerOf = new LinkedHashMap<>();
  private final List<List<String>> layers;

  private Layers(Graph graph) {
    this.graph = graph;
    graph.nodes().forEach(node -> layer(node.name()));
    Map<Integer, List<String>> byLayer = new TreeMap<>();
    graph
        .nodes()
        .forEach(
            node ->
                byLayer
                    .computeIfAbsent(layerOf.getOrDefault(node.name(), 0), l -> new ArrayList<>())
                    .add(node.name()));
    this.layers = new ArrayList<>(byLayer.values());
  }

  /** The names of a graph's nodes, layer by layer, each in the order they are drawn. */
  static List<List<String>> of(Graph graph) {
    var layers = new Layers(graph);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      layers.sweep(sweep % 2 == 0);
    }
    return layers.layers;
  }

  private int layer(String node) {
    Integer known = layerOf.get(node);
    if (known != null) {
      return known;
    }
    int layer =
        graph.edges().stream()
            .filter(edge -> edge.to().equals(node))
            .mapToInt(edge -> layer(edge.from()) + 1)
            .max()
            .orElse(0);
    layerOf.put(node, layer);
    return layer;
  }

  private void sweep(boolean down) {
    for (int i = 1; i < layers.size(); i++) {
      int layer = down ? i : layers.size() - 1 - i;
      Map<String, Double> places = places();
      Map<String, Double> wanted = new HashMap<>();
      for (String node : layers.get(layer)) {
        wanted.put(
            node,
            graph.edges().stream()
                .filter(edge -> node.equals(down ? edge.to() : edge.from()))
                .mapToDouble(edge -> place(places, down ? edge.from() : edge.to()))
                .average()
                .orElse(place(places, node)));
      }
      layers.get(layer).sort(Comparator.comparingDouble(node -> place(wanted, node)));
    }
  }

  private static double place(Map<String, Double> places, String node) {
    return places.getOrDefault(node, 0.5);
  }

  /** The place of each node in its layer, 0 to 1. */
  private Map<String, Double> places() {
    Map<String, Double> places = new HashMap<>();
    for (List<String> layer : layers) {
      for (int i = 0; i < layer.size(); i++) {
        places.put(layer.get(i), (i + 0.5) / layer.size());
      }
    }
    return places;
  }
}
