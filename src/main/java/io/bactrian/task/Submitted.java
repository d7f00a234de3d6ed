package io.bactrian.task;

import java.util.UUID;

/**
 * The answer to a submission.
 *
 * @param task the task that stands for it
 * @param created whether it was made by this submission, or existed
 */
public record Submitted(UUID task, boolean created) {}
