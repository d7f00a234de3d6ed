package io.bactrian.task;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Tasks that need a person. A task has at most one pending entry of each reason; when it ends, its
 * pending entries are settled with it. Each method is one transaction. Thread safe.
 */
public interface DeadLetters {

  /** Entries, those of high priority first, then the oldest. */
  List<DeadLetter> list(Selection selection);

  Optional<DeadLetter> find(UUID uuid);

  /**
   * Makes true: the task has a pending entry {@code manual_dlq}; its state does not change.
   *
   * @throws UnknownTarget if there is no such task
   */
  DeadLetter put(UUID task, By by);

  /**
   * Makes true: the entry is as the change says; the reason is added to its notes.
   *
   * @throws UnknownTarget if there is no such entry
   * @throws VerbRefused if it shall be pending again and another of its task and reason is
   */
  DeadLetter update(UUID uuid, Change change, By by);

  Stats stats();

  /**
   * Which entries.
   *
   * @param resolution only these
   * @param reason only these
   * @param task only this one's
   * @param limit how many at most
   */
  record Selection(
      Optional<Resolution> resolution,
      Optional<DeadLetterReason> reason,
      Optional<UUID> task,
      int limit) {}

  /** What to change; what is empty stays. */
  record Change(
      Optional<Resolution> resolution, Optional<Integer> priority, Optional<String> note) {}

  /**
   * How many there are.
   *
   * @param byResolution all entries
   * @param pendingByReason those not settled
   * @param oldestPending when the oldest of these was made
   */
  record Stats(
      Map<Resolution, Long> byResolution,
      Map<DeadLetterReason, Long> pendingByReason,
      Optional<Instant> oldestPending) {}
}
