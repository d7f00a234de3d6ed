package io.bactrian.store;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.json.Json;
import io.bactrian.step.Expansion;
import io.bactrian.step.LeaseLost;
import io.bactrian.step.Outcomes;
import io.bactrian.step.StepError;
import io.bactrian.step.StepLease;
import io.bactrian.store.TaskGateTable.Change;
import io.bactrian.task.DeadLetterReason;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What became of an attempt, in PostgreSQL: O(1) statements, no sibling is ever read. */
public final class StepOutcomes implements Outcomes {
  private final Database database;
  private final String actor;
  private final StepTable steps;
  private final CheckpointTable checkpoints;
  private final Succession succession;
  private final TaskGateTable taskGates;
  private final TaskLock locks;
  private final FailFast failFast;
  private final DeadLetterEntries deadLetters;

  /**
   * @param database where the rows are
   * @param actor who is written into the transition rows
   */
  public StepOutcomes(Database database, String actor) {
    this.database = database;
    this.actor = actor;
    this.steps = new StepTable(database);
    this.checkpoints = new CheckpointTable(database);
    this.succession = new Succession(database, actor);
    this.taskGates = new TaskGateTable(database);
    this.locks = new TaskLock(database);
    this.failFast = new FailFast(database);
    this.deadLetters = new DeadLetterEntries(database);
  }

  @Override
  public void complete(StepLease lease, Map<String, Object> result, Expansion created) {
    Map<StepLease.Key, String> answer = Map.of(lease.key(), answered(result));
    database.commit(
        Fact.COMPLETE,
        () -> {
          if (steps.complete(answer, actor).isEmpty()) {
            throw new LeaseLost(lease.stepUuid(), lease.epoch());
          }
          Change follows = succession.after(lease, created);
          taskGates.count(
              lease.taskUuid(),
              new Change(follows.pending(), follows.ready() - 1, 0, 0, 1),
              actor,
              lease.name() + " is complete");
        });
  }

  @Override
  public Set<UUID> completeAll(Collection<Done> done) {
    StepLease last = done.stream().reduce((before, next) -> next).orElseThrow().lease();
    var answers = new LinkedHashMap<StepLease.Key, String>();
    done.forEach(one -> answers.put(one.lease().key(), answered(one.result())));
    return database.commit(
        Fact.COMPLETE,
        () -> {
          Set<UUID> complete = steps.complete(answers, actor);
          checkpoints.saveCompleted(ends(done, complete));
          if (!complete.isEmpty()) {
            int ready = succession.pass(complete);
            taskGates.count(
                last.taskUuid(),
                new Change(-ready, ready - complete.size(), 0, 0, complete.size()),
                actor,
                last.name() + " is complete");
          }
          return complete.size() == done.size() ? complete : completed(answers.keySet());
        });
  }

  private static final String COMPLETED =
      """
      select a.step_uuid
      from unnest(cast(:steps as uuid[]), cast(:epochs as int[])) as lease (step_uuid, epoch)
      join step_attempts a on a.step_uuid = lease.step_uuid and a.epoch = lease.epoch
      where a.outcome = 'complete'
      """;

  /** Those of the steps that were completed under these leases, now or before. */
  private Set<UUID> completed(Collection<StepLease.Key> leases) {
    return Set.copyOf(
        database
            .jdbc()
            .sql(COMPLETED)
            .param("steps", SqlArrays.uuids(leases.stream().map(StepLease.Key::stepUuid).toList()))
            .param(
                "epochs", leases.stream().map(key -> (Integer) key.epoch()).toArray(Integer[]::new))
            .query(UUID.class)
            .list());
  }

  private static Map<StepLease.Key, Checkpoint> ends(Collection<Done> done, Set<UUID> complete) {
    var ends = new HashMap<StepLease.Key, Checkpoint>();
    for (Done one : done) {
      StepLease.Key key = one.lease().key();
      one.last().filter(end -> complete.contains(key.stepUuid())).ifPresent(e -> ends.put(key, e));
    }
    return ends;
  }

  private static String answered(Map<String, Object> result) {
    return Json.write(results(true, "complete", result, Map.of()));
  }

  @Override
  public void retryLater(StepLease lease, StepError error, Duration delay) {
    String results = failed(error);
    database.commit(
        Fact.RETRY_LATER,
        () -> {
          steps.retryLater(lease, results, delay.toMillis(), actor, reason(lease, error));
          taskGates.count(
              lease.taskUuid(),
              new Change(0, -1, 1, 0, 0),
              actor,
              lease.name() + " waits for a retry");
        });
  }

  @Override
  public void fail(StepLease lease, StepError error) {
    String results = failed(error);
    database.commit(
        Fact.FAIL,
        () -> {
          String reason = reason(lease, error);
          locks.holdIfFailFast(lease.stepUuid());
          steps.fail(lease, results, actor, reason);
          Change stopped = failFast.stopSiblings(lease.stepUuid(), lease.name(), actor);
          taskGates.count(
              lease.taskUuid(),
              new Change(0, -1, 0, 1, 0).plus(stopped),
              actor,
              lease.name() + " is in error");
          deadLetters.raise(
              new DeadLetterEntries.Finding(
                  lease.taskUuid(),
                  Optional.of(lease.stepUuid()),
                  DeadLetterReason.MAX_RETRIES_EXCEEDED,
                  "step %s is in error: %s".formatted(lease.name(), reason),
                  actor));
        });
  }

  private static String reason(StepLease lease, StepError error) {
    return "attempt %d of %d failed: %s"
        .formatted(lease.attempt(), lease.maxAttempts(), error.message());
  }

  private static String failed(StepError error) {
    return Json.write(results(false, "error", Map.of(), error.toMap()));
  }

  /** The form in which a step keeps what became of it. */
  static Map<String, Object> results(
      boolean success, String status, Map<String, Object> result, Map<String, Object> error) {
    var results = new LinkedHashMap<String, Object>();
    results.put("success", success);
    results.put("status", status);
    results.put("result", success ? result : null);
    results.put("metadata", Map.of());
    results.put("error", success ? null : error);
    return results;
  }
}
