package io.bactrian.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bactrian.json.Json;
import io.bactrian.step.NewSteps;
import io.bactrian.step.StepLease;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import io.bactrian.template.TestHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecisionOutcomeTest {
  private static final String TEMPLATE =
      """
      name: t
      namespace_name: n
      version: "1"
      steps:
        - {name: load, handler: {callable: h}}
        - {name: route, type: decision, dependencies: [load], handler: {callable: h}}
        - {name: a, type: batchable, dependencies: [route], handler: {callable: h}}
        - {name: w, type: batch_worker, dependencies: [a], handler: {callable: h}}
        - {name: b, dependencies: [w], handler: {callable: h}}
      """;

  private static final String NESTED =
      """
      name: t
      namespace_name: n
      version: "1"
      steps:
        - {name: d1, type: decision, handler: {callable: h}}
        - {name: d2, type: decision, dependencies: [d1], handler: {callable: h}}
        - {name: end, dependencies: [d2], handler: {callable: h}}
        - {name: between, dependencies: [d2], handler: {callable: h}}
        - {name: d3, type: decision, dependencies: [between], handler: {callable: h}}
        - {name: last, dependencies: [d3], handler: {callable: h}}
      """;

  @Test
  void bothOutcomesAreTheSameInJavaAndInJson() throws JsonProcessingException {
    assertThat(Json.write(DecisionOutcome.noBranches())).isEqualTo("{\"type\":\"no_branches\"}");
    assertThat(Json.write(DecisionOutcome.createSteps("approve", "tell")))
        .isEqualTo("{\"type\":\"create_steps\",\"step_names\":[\"approve\",\"tell\"]}");
    for (DecisionOutcome outcome :
        List.of(DecisionOutcome.noBranches(), DecisionOutcome.createSteps("approve"))) {
      assertThat(Json.MAPPER.readValue(Json.write(outcome), DecisionOutcome.class))
          .isEqualTo(outcome);
    }
    assertThat(DecisionOutcome.createSteps("a").requiresStepCreation()).isTrue();
    assertThat(DecisionOutcome.noBranches().requiresStepCreation()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {} | type is missing; allowed: no_branches, create_steps
          {"type": "maybe"} | type is "maybe"
          [] | allowed: an object
          {"type": "create_steps"} | step_names is missing
          {"type": "create_steps", "step_names": []} | step_names is empty; allowed: at least one
          {"type": "create_steps", "step_names": "a"} | allowed: a list of step names
          {"type": "create_steps", "step_names": [1]} | step_names[0] is 1; allowed: text
          {"type": "create_steps", "step_names": ["a", "a"]} | 'a' twice
          """)
  void whatIsNoOutcomeSaysWhatIsAllowed(String json, String message) {
    Object outcome = Json.MAPPER.convertValue(Json.readTree(json), Object.class);

    assertThatThrownBy(() -> DecisionOutcome.ofResult(Map.of(DecisionOutcome.RESULT_KEY, outcome)))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessageContaining(message);
  }

  @Test
  void onlyStepsThatDescendFromTheDecisionMayBeNamed() {
    assertThat(expand(100, "a", "b")).isInstanceOf(NewSteps.class);
    assertThatThrownBy(() -> expand(100, "load"))
        .hasMessage("step_names has 'load'; allowed: steps that descend from route: a, b");
    assertThatThrownBy(() -> expand(100, "w")).hasMessageContaining("step_names has 'w'");
    assertThatThrownBy(() -> expand(100, "route")).hasMessageContaining("step_names has 'route'");
  }

  @Test
  void aDecisionNamesNoMoreStepsThanTheSettingAllows() {
    String[] many = IntStream.range(0, 4).mapToObj(i -> "s" + i).toArray(String[]::new);

    assertThatThrownBy(() -> expand(3, many))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessage(
            "step_names has 4 names; allowed: at most 3 (setting bactrian.decision.max-steps)");
  }

  @Test
  void aChainOfDecisionsIsNoDeeperThanTheSettingAllows() {
    assertThat(nested(2, "d1", "d2")).isInstanceOf(NewSteps.class);
    assertThat(nested(2, "d2", "end")).as("no decision comes").isInstanceOf(NewSteps.class);
    assertThat(nested(3, "d2", "d3")).isInstanceOf(NewSteps.class);
    for (String named : List.of("between", "d3", "last")) {
      assertThatThrownBy(() -> nested(2, "d2", named))
          .isInstanceOf(InvalidOutcome.class)
          .hasMessage(
              "step_names has '%s', which creates decision 3 in the chain d1 -> d2 -> d3; allowed: at most 2 (setting bactrian.decision.max-depth)"
                  .formatted(named));
    }
  }

  private static Object nested(int depth, String decision, String name) {
    return new StepExpansion(catalog(NESTED), new DecisionLimits(100, depth))
        .of(lease(decision), Map.of(DecisionOutcome.RESULT_KEY, DecisionOutcome.createSteps(name)));
  }

  @Test
  void aDecisionWithoutAnOutcomeFailsLoudly() {
    assertThatThrownBy(
            () ->
                new StepExpansion(catalog(TEMPLATE), new DecisionLimits(3, 3))
                    .of(lease("route"), Map.of("x", 1)))
        .isInstanceOf(InvalidOutcome.class)
        .hasMessageContaining("decision route answered no decision_point_outcome");
  }

  private static Object expand(int most, String... names) {
    return new StepExpansion(catalog(TEMPLATE), new DecisionLimits(most, 1))
        .of(
            lease("route"),
            Map.of(DecisionOutcome.RESULT_KEY, DecisionOutcome.createSteps(List.of(names))));
  }

  private static Catalog catalog(String yaml) {
    TaskTemplate template = new TemplateLoader(new TestHandlers()).load("t", yaml).template();
    var catalog = new Catalog();
    catalog.add(template);
    return catalog;
  }

  private static StepLease lease(String decision) {
    return new StepLease(
        UUID.randomUUID(),
        UUID.randomUUID(),
        decision,
        decision,
        StepType.DECISION,
        "n/t/1/" + decision,
        1,
        3,
        1,
        false,
        Map.of(),
        Map.of(),
        "/",
        0,
        Optional.empty(),
        Optional.empty());
  }
}
