package io.bactrian.task;

import java.time.Instant;

/**
 * One change of state of a task or of one of its steps.
 *
 * @param step the step's name; empty for the task itself
 * @param from the state before, empty for the first
 * @param to the state after
 * @param epoch the step's fencing number at that time
 * @param at when, by the engine's clock
 * @param actor who did it
 * @param reason why
 */
public record Transition(
    String step, String from, String to, int epoch, Instant at, String actor, String reason) {}
