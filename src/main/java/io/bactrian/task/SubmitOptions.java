package io.bactrian.task;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a submission says besides template and context.
 *
 * @param idempotencyKey submissions of one template with one key are one task, whatever the
 *     template's identity strategy
 * @param onDuplicate what happens when the task exists
 * @param priority from -1000 to 1000; each level doubles a task's share, up to 20 levels
 * @param tags words to find it by; those of its template are added
 * @param origin where it comes from
 */
public record SubmitOptions(
    Optional<String> idempotencyKey,
    OnDuplicate onDuplicate,
    int priority,
    List<String> tags,
    Origin origin) {
  private static final int MOST_PRIORITY = 1000;
  private static final int MOST_TAGS = 50;
  private static final int LONGEST = 255;

  /** A submission that says nothing else. */
  public static final SubmitOptions NONE =
      new SubmitOptions(
          Optional.empty(), OnDuplicate.RETURN_EXISTING, 0, List.of(), Origin.of("unknown"));

  public SubmitOptions {
    tags = tags.stream().distinct().toList();
    if (Math.abs(priority) > MOST_PRIORITY) {
      throw new IllegalArgumentException(
          "priority is %d; allowed: from -%d to %d"
              .formatted(priority, MOST_PRIORITY, MOST_PRIORITY));
    }
    if (tags.size() > MOST_TAGS
        || tags.stream().anyMatch(t -> t.isBlank() || t.length() > LONGEST)) {
      throw new IllegalArgumentException(
          "tags are %s; allowed: at most %d, each of 1 to %d characters"
              .formatted(tags, MOST_TAGS, LONGEST));
    }
    if (idempotencyKey.filter(key -> key.isBlank() || key.length() > LONGEST).isPresent()) {
      throw new IllegalArgumentException(
          "the idempotency key has %d characters; allowed: 1 to %d, not all blank"
              .formatted(idempotencyKey.get().length(), LONGEST));
    }
  }

  /** The same with further tags before its own. */
  SubmitOptions tagged(List<String> more) {
    return new SubmitOptions(
        idempotencyKey,
        onDuplicate,
        priority,
        Stream.concat(more.stream(), tags.stream()).toList(),
        origin);
  }
}
