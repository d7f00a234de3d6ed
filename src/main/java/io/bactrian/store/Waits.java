package io.bactrian.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which steps wait for which, to find those that wait for each other. */
final class Waits {
  private final Map<String, List<String>> parents = new LinkedHashMap<>();

  void add(String child, String parent) {
    parents.computeIfAbsent(child, name -> new ArrayList<>()).add(parent);
  }

  /** Steps of which each waits for the next and the last is the first again. */
  Optional<List<String>> circle() {
    Set<String> done = new HashSet<>();
    return parents.keySet().stream()
        .map(step -> circle(step, new LinkedHashSet<>(), done))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<List<String>> circle(String start, Set<String> path, Set<String> done) {
    var open = new ArrayList<String>(List.of(start));
    while (!open.isEmpty()) {
      String step = open.get(open.size() - 1);
      if (!done.contains(step) && path.add(step)) {
        for (String parent : parents.getOrDefault(step, List.of())) {
          if (path.contains(parent)) {
            return Optional.of(circle(path, parent));
          }
          if (!done.contains(parent)) {
            open.add(parent);
          }
        }
      } else {
        open.remove(open.size() - 1);
        path.remove(step);
        done.add(step);
      }
    }
    return Optional.empty();
  }

  private static List<String> circle(Set<String> path, String first) {
    var steps = new ArrayList<>(path);
    var circle = new ArrayList<>(steps.subList(steps.indexOf(first), steps.size()));
    circle.add(first);
    return circle;
  }
}
