package io.bactrian.step;

import io.bactrian.template.Catalog;
import io.bactrian.template.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits what became of attempts. Throws {@link LeaseLost} where the lease is gone, {@link
 * DatabaseAway} where the attempt must be left to its lease. Thread safe.
 */
final class Settlement {
  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);
  private static final long AWAY_MILLIS = 500;

  private final StepRunner.Books books;
  private final Catalog catalog;
  private final BooleanSupplier draining;

  /**
   * @param draining whether nothing may be waited for any more
   */
  Settlement(StepRunner.Books books, Catalog catalog, BooleanSupplier draining) {
    this.books = books;
    this.catalog = catalog;
    this.draining = draining;
  }

  /** The handler has answered; if that cannot be written, the attempt has failed. */
  AttemptEnd complete(RunningStep step, Map<String, Object> result, Expansion created) {
    try {
      AttemptEnd end =
          write(
              step,
              () -> {
                books.outcomes().complete(step.lease(), result, created);
                return AttemptEnd.COMPLETE;
              });
      logComplete(step);
      return end;
    } catch (RuntimeException e) {
      return failed(step, e);
    }
  }

  /** The handlers of these steps of one task have answered; whose lease is gone is not answered. */
  Set<UUID> complete(List<Answered> answered) {
    return write(
        answered.get(0).step(),
        () -> books.outcomes().completeAll(answered.stream().map(Answered::done).toList()));
  }

  static void logComplete(RunningStep step) {
    log.info("step={} name={} state=complete", step.uuid(), step.step());
  }

  /**
   * Writes what became of an attempt. While the database is away it is tried again: under its epoch
   * it can do no harm, even if it did succeed and only the answer was lost.
   */
  private <T> T write(RunningStep step, Supplier<T> outcome) {
    while (true) {
      try {
        return outcome.get();
      } catch (DatabaseAway e) {
        if (draining.getAsBoolean() || step.isStopped()) {
          throw e;
        }
        log.warn("step={} waits for the database: {}", step.uuid(), e.getMessage());
        pause(step);
      }
    }
  }

  private static void pause(RunningStep step) {
    try {
      TimeUnit.MILLISECONDS.sleep(AWAY_MILLIS);
    } catch (InterruptedException e) {
      throw new LeaseLost(step.uuid(), step.epoch());
    }
  }

  /** The attempt has ended without an answer. */
  AttemptEnd failed(RunningStep step, Throwable failure) {
    boolean unused = Thread.interrupted();
    StepLease lease = step.lease();
    Optional<LeaseLost> lost = Failures.find(failure, LeaseLost.class);
    if (step.isStopped() || lost.isPresent()) {
      throw lost.orElseGet(() -> new LeaseLost(lease.stepUuid(), lease.epoch()));
    }
    if (failure instanceof DatabaseAway away && draining.getAsBoolean()) {
      throw away;
    }
    Optional<StepReleased> released = Failures.find(failure, StepReleased.class);
    Optional<InputNotVisible> unseen = Failures.find(failure, InputNotVisible.class);
    if (released.isPresent()) {
      return release(step, step.ending().map(Ending::reason).orElse("the handler gave it back"));
    }
    if (isDatabaseAway(failure)) {
      log.warn("step={} lost the database", lease.stepUuid(), failure);
      return release(step, "the database was away");
    }
    if (unseen.isPresent()) {
      return miss(step, unseen.get());
    }
    log.debug("step={} failure", lease.stepUuid(), failure);
    return write(
        step, () -> report(lease, Failures.describe(failure), Failures.retryAfter(failure)));
  }

  private boolean isDatabaseAway(Throwable failure) {
    boolean lost = books.leases().connectionWasLost();
    return lost || Failures.find(failure, DatabaseAway.class).isPresent();
  }

  private AttemptEnd release(RunningStep step, String reason) {
    StepLease lease = step.lease();
    AttemptEnd end =
        write(
            step,
            () -> {
              books.leases().release(lease, reason);
              return AttemptEnd.GIVEN_BACK;
            });
    log.info("step={} name={} state=enqueued reason={}", lease.stepUuid(), lease.name(), reason);
    return end;
  }

  /** The input is not here: some other node may see it; if none does, the step has failed. */
  private AttemptEnd miss(RunningStep step, InputNotVisible unseen) {
    StepLease lease = step.lease();
    String found = String.valueOf(unseen.getMessage());
    log.warn("step={} name={} input not visible here: {}", lease.stepUuid(), lease.name(), found);
    return write(
        step,
        () -> {
          List<String> asked = books.inputs().notSeen(lease, found, unseen.isChanged());
          if (asked.isEmpty()) {
            return AttemptEnd.GIVEN_BACK;
          }
          String message =
              "no node sees the input of this step; asked: " + String.join("; ", asked);
          return report(lease, new StepError("InputNotVisible", message, false), Optional.empty());
        });
  }

  /** Writes a failure: the next attempt is due later, or the step is in error. */
  AttemptEnd report(StepLease lease, StepError error, Optional<Duration> retryAfter) {
    RetryPolicy retry =
        catalog
            .step(lease.routeId())
            .map(entry -> entry.step().retry())
            .orElseThrow(() -> new IllegalStateException("no template for " + lease.routeId()));
    if (error.retryable() && retry.retryable() && lease.attempt() < lease.maxAttempts()) {
      double jitter = ThreadLocalRandom.current().nextDouble(-1, 1);
      Duration delay =
          retryAfter.map(retry::capped).orElseGet(() -> retry.delayAfter(lease.attempt(), jitter));
      books.outcomes().retryLater(lease, error, delay);
      log.warn(
          "step={} name={} attempt={} state=waiting_for_retry delay={} error={}",
          lease.stepUuid(),
          lease.name(),
          lease.attempt(),
          delay,
          error.message());
      return AttemptEnd.RETRY;
    }
    books.outcomes().fail(lease, error);
    log.error(
        "step={} name={} attempt={} state=error error={}",
        lease.stepUuid(),
        lease.name(),
        lease.attempt(),
        error.message());
    return AttemptEnd.ERROR;
  }
}
