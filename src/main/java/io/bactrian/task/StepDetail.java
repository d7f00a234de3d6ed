package io.bactrian.task;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All that is kept of one step.
 *
 * @param step what every list shows
 * @param inputs what its handler is given
 * @param checkpoint position, partial result and counters of a range
 * @param dependenciesSatisfied whether all its parents are done
 * @param nextRetryAt when it is tried again
 * @param createdAt when it was created
 * @param startedAt when its last attempt started
 * @param completedAt when it reached a final state
 */
public record StepDetail(
    Step step,
    Map<String, Object> inputs,
    Optional<Map<String, Object>> checkpoint,
    boolean dependenciesSatisfied,
    Optional<Instant> nextRetryAt,
    Instant createdAt,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt) {}
