package io.bactrian.task;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One execution of a step that has ended.
 *
 * @param step the step's name
 * @param attempt which execution it was, from 1
 * @param node who ran it
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param error what it failed with
 */
public record Attempt(
    String step,
    int attempt,
    UUID node,
    Instant startedAt,
    Instant endedAt,
    Optional<String> error) {}
