package io.bactrian.task;

import io.bactrian.step.StepState;
import io.bactrian.template.StepType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One step of a task, as it stands in the database.
 *
 * @param uuid the step
 * @param name its name
 * @param templateStep the template step it was made from
 * @param type its type
 * @param state where it is
 * @param attempts executions so far
 * @param maxAttempts executions it may have
 * @param parents names of the steps it depends on, of a worker template only the template's name
 * @param results {@code {success, status, result, metadata, error}}, empty before the first attempt
 *     ended
 */
public record Step(
    UUID uuid,
    String name,
    String templateStep,
    StepType type,
    StepState state,
    int attempts,
    int maxAttempts,
    List<String> parents,
    Optional<Map<String, Object>> results) {}
