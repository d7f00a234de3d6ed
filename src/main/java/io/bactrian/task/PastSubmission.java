package io.bactrian.task;

import java.util.Map;

/**
 * What was submitted when a task was made.
 *
 * @param template {@code namespace/name@version}
 * @param context its context
 * @param baseFolder where relative paths of the context start
 */
public record PastSubmission(String template, Map<String, Object> context, String baseFolder) {}
