package io.bactrian.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what becomes of records that a batch worker cannot use. */
final class BadRowReader {
  private static final String REJECT = "reject";
  private static final String ALLOWED =
      "a whole number of at least 0, or a share of the task's records such as \"0.1%\"";

  private final Problems problems;

  BadRowReader(Problems problems) {
    this.problems = problems;
  }

  BadRowRule read(Section step) {
    boolean reject =
        step.oneOf("on_bad_row", List.of("fail", REJECT), List.of())
            .filter(REJECT::equals)
            .isPresent();
    if (reject) {
      return new BadRowRule.Reject(step.node("max_rejects").flatMap(this::limit));
    }
    step.node("max_rejects")
        .ifPresent(
            at ->
                problems.add(
                    at, "step: 'max_rejects' without on_bad_row: reject; allowed: only with it"));
    return new BadRowRule.Fail();
  }

  private Optional<MaxRejects> limit(Node node) {
    String text = node instanceof ScalarNode scalar ? scalar.getValue() : "";
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(new MaxRejects.Count(Long.parseLong(text)));
    }
    if (text.matches("[0-9]{1,3}(\\.[0-9]{1,6})?%")) {
      var percent = new BigDecimal(text.substring(0, text.length() - 1));
      if (percent.compareTo(BigDecimal.valueOf(100)) <= 0) {
        return Optional.of(new MaxRejects.Share(percent));
      }
    }
    problems.add(
        node, "step: max_rejects is %s; allowed: %s".formatted(Section.kind(node), ALLOWED));
    return Optional.empty();
  }
}
