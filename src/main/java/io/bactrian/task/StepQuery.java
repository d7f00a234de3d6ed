package io.bactrian.task;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.util.Optional;

/**
 * Which steps of a task are asked for; what is empty does not matter.
 *
 * @param state the state they are in
 * @param type their type
 */
public record StepQuery(Optional<StepState> state, Optional<StepType> type) {}
