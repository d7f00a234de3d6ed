package io.bactrian.endpoint;

import java.util.Map;
import java.util.Optional;

/**
 * What a route asks for.
 *
 * @param template {@code namespace/name} or {@code namespace/name@version}
 * @param context the task's context
 * @param idempotencyKey two requests with one key are one task
 * @param priority larger goes first
 * @param correlationId what the submitter calls the task
 */
public record TaskRequest(
    String template,
    Map<String, Object> context,
    Optional<String> idempotencyKey,
    Optional<Integer> priority,
    Optional<String> correlationId) {}
