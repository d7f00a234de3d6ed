package io.bactrian.task;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An entry that says: this task needs a person.
 *
 * @param uuid the entry
 * @param task the task
 * @param step name of the step it began with, if it was one
 * @param reason why
 * @param detail what was found, in words
 * @param snapshot task and steps as they were then, at most 500 steps, failed ones first; results
 *     left out
 * @param resolution what became of it
 * @param priority higher ones are listed first; 0 unless somebody set it
 * @param notes of operators, one a line
 * @param createdAt when it was made
 * @param updatedAt when it last changed
 * @param resolvedAt when it stopped to be pending
 * @param resolvedBy who, or what, settled it
 */
public record DeadLetter(
    UUID uuid,
    UUID task,
    Optional<String> step,
    DeadLetterReason reason,
    String detail,
    Map<String, Object> snapshot,
    Resolution resolution,
    int priority,
    String notes,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> resolvedAt,
    Optional<String> resolvedBy) {}
