package io.bactrian.task;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One submission of a template, as it stands in the database.
 *
 * @param uuid the task
 * @param namespace of its template
 * @param name of its template
 * @param version of its template
 * @param state where it is
 * @param context what was submitted
 * @param counts its steps by kind of state
 * @param createdAt when it was submitted
 * @param updatedAt when its state last changed
 * @param completedAt when it reached a final state
 * @param options what was said with the submission: priority, tags, origin
 */
public record Task(
    UUID uuid,
    String namespace,
    String name,
    String version,
    TaskState state,
    Map<String, Object> context,
    StepCounts counts,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> completedAt,
    SubmitOptions options) {

  /** A task whose submission said nothing else. */
  public Task(
      UUID uuid,
      String namespace,
      String name,
      String version,
      TaskState state,
      Map<String, Object> context,
      StepCounts counts,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> completedAt) {
    this(
        uuid,
        namespace,
        name,
        version,
        state,
        context,
        counts,
        createdAt,
        updatedAt,
        completedAt,
        SubmitOptions.NONE);
  }

  /** {@code namespace/name@version}. */
  public String reference() {
    return namespace + "/" + name + "@" + version;
  }
}
