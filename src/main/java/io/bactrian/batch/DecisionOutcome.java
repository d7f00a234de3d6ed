package io.bactrian.batch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.bactrian.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a decision step answers: which of the steps behind it are to be.
 *
 * <p>JSON: {@code {"type": "no_branches"}} or {@code {"type": "create_steps", "step_names": […]}}.
 */
@JsonDeserialize(using = DecisionReader.class)
public sealed interface DecisionOutcome
    permits DecisionOutcome.NoBranches, DecisionOutcome.CreateSteps {

  /** The key of a step's result under which its outcome stands. */
  String RESULT_KEY = "decision_point_outcome";

  /** Whether steps are to be created. */
  boolean requiresStepCreation();

  /** The steps that are named; empty for no branches. */
  List<String> stepNames();

  static DecisionOutcome noBranches() {
    return new NoBranches();
  }

  /**
   * Names steps behind the decision.
   *
   * @param stepNames at least one, each once
   * @throws InvalidOutcome if these are not names, or there is none
   */
  static DecisionOutcome createSteps(List<String> stepNames) {
    return new CreateSteps(stepNames);
  }

  /** Names steps behind the decision. */
  static DecisionOutcome createSteps(String... stepNames) {
    return new CreateSteps(List.of(stepNames));
  }

  /**
   * The outcome in a step's result; empty when there is none.
   *
   * @throws InvalidOutcome if it is there and cannot be carried out
   */
  static Optional<DecisionOutcome> ofResult(Map<String, Object> result) {
    return Optional.ofNullable(result.get(RESULT_KEY))
        .map(value -> DecisionReader.read(Json.MAPPER.valueToTree(value)));
  }

  /** None of the steps that only this decision leads to is created. */
  @JsonPropertyOrder({"type"})
  @JsonDeserialize
  record NoBranches() implements DecisionOutcome {

    @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
    public String type() {
      return "no_branches";
    }

    @Override
    @JsonIgnore
    public boolean requiresStepCreation() {
      return false;
    }

    @Override
    @JsonIgnore
    public List<String> stepNames() {
      return List.of();
    }
  }

  /**
   * The named steps are created, with what lies between and what follows.
   *
   * @param stepNames steps that descend from the decision
   */
  @JsonPropertyOrder({"type", "step_names"})
  @JsonDeserialize
  record CreateSteps(@JsonProperty("step_names") List<String> stepNames)
      implements DecisionOutcome {

    @JsonCreator
    public CreateSteps {
      stepNames = List.copyOf(stepNames);
      if (stepNames.isEmpty()) {
        throw new InvalidOutcome("step_names is empty; allowed: at least one, or type no_branches");
      }
      var seen = new HashSet<String>();
      for (String name : stepNames) {
        if (name.isBlank() || !seen.add(name)) {
          throw new InvalidOutcome(
              "step_names has '%s'%s; allowed: names of steps, each once"
                  .formatted(name, name.isBlank() ? "" : " twice"));
        }
      }
    }

    @JsonProperty(value = "type", access = JsonProperty.Access.READ_ONLY)
    public String type() {
      return "create_steps";
    }

    @Override
    @JsonIgnore
    public boolean requiresStepCreation() {
      return true;
    }
  }
}
