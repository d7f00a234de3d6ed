package io.bactrian.template;

import org.snakeyaml.engine.v2.nodes.Node;

/** Some keys have two spellings; said twice, they must say the same. */
final class Spellings {
  private Spellings() {}

  /** A key, where its value stands, and the value in the common unit. */
  record Said(String key, Node where, Object value) {}

  static void check(Problems problems, Said first, Said second) {
    if (!first.value().equals(second.value())) {
      problems.add(
          second.where(),
          "%s (line %d) and %s (line %d) say the same thing differently: %s and %s; keep one"
              .formatted(
                  first.key(),
                  Problems.line(first.where()),
                  second.key(),
                  Problems.line(second.where()),
                  first.value(),
                  second.value()));
    }
  }
}
