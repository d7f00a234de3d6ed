package io.bactrian.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong with one file, so that all of it is said at once. */
final class Problems {
  private final String source;
  private final List<Problem> found = new ArrayList<>();

  Problems(String source) {
    this.source = source;
  }

  void add(Node where, String message) {
    add(where.getStartMark(), message);
  }

  void add(Optional<Mark> where, String message) {
    int line = where.map(mark -> mark.getLine() + 1).orElse(1);
    int column = where.map(mark -> mark.getColumn() + 1).orElse(1);
    found.add(new Problem(source, line, column, message));
  }

  /** Takes over what another reading of the same file has found. */
  void addAll(Problems other) {
    other.found.stream().filter(problem -> !found.contains(problem)).forEach(found::add);
  }

  static int line(Node where) {
    return where.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new TemplateException(found);
    }
  }
}
