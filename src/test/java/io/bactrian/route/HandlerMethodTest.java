package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.GivenResults;
import io.bactrian.template.HandlerNames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A template may name the method of its handler's bean. */
final class HandlerMethodTest {
  private final Harness harness = new Harness(new GivenResults(List.of()));

  @AfterEach
  void close() {
    harness.close();
  }

  /** A bean with two methods that Camel could not choose from. */
  public static final class Two {
    public Map<String, Object> first(Map<String, Object> body) {
      return Map.of("called", "first");
    }

    public Map<String, Object> second(Map<String, Object> body) {
      return Map.of("called", "second");
    }
  }

  @Test
  void theMethodThatTheTemplateNamesIsCalled() throws Exception {
    harness.camel.getRegistry().bind("two", new Two());
    harness.start(
        """
        name: demo
        namespace_name: t
        version: "1"
        steps:
          - {name: a, handler: {callable: two, method: first}}
          - {name: b, handler: {callable: two, method: second}}
        """,
        "step-types/standard.camel.yaml");

    harness.run("a", 1, 0);
    harness.run("b", 1, 0);

    assertThat(harness.completed)
        .containsExactly(Map.of("called", "first"), Map.of("called", "second"));
  }

  @Test
  void aMethodThatIsNotThereNamesTheNearest() {
    harness.camel.getRegistry().bind("two", new Two());
    var names = new CamelHandlerNames(harness.camel);

    assertThat(names.resolve("two", "secnd"))
        .isEqualTo(
            new HandlerNames.Unusable(
                "has no public method 'secnd'; did you mean 'second'?; allowed: first, second"));
    assertThat(names.resolve("log:x", "second"))
        .isEqualTo(
            new HandlerNames.Unusable("is no bean; allowed: a method 'second' only of a bean"));
  }
}
