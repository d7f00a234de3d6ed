package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.template.Catalog;
import io.bactrian.template.RetryPolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs leased steps through their routes and commits what became of them.
 *
 * <p>Thread safe: each lease is run by the thread that calls {@link #run}.
 */
public final class StepRunner {
  private static final Logger log = LoggerFactory.getLogger(StepRunner.class);
  private static final long AWAY_MILLIS = 500;

  private final Leases leases;
  private final Outcomes outcomes;
  private final ResultBook results;
  private final Catalog catalog;
  private final Completion completion;
  private final InputSightings inputs;
  private final AttemptListener listener;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Set<RunningStep> running = ConcurrentHashMap.newKeySet();

  /**
   * Where a runner reads and writes.
   *
   * @param leases gives leases back
   * @param outcomes commits what became of an attempt
   * @param results what handlers may look up
   * @param inputs who sees the input of a task
   */
  public record Books(
      Leases leases, Outcomes outcomes, ResultBook results, InputSightings inputs) {}

  /**
   * @param books where it reads and writes
   * @param catalog the templates, for retry rules and ancestors
   * @param completion says what the completion of a step must create
   * @param listener is told what becomes of attempts
   */
  public StepRunner(Books books, Catalog catalog, Completion completion, AttemptListener listener) {
    this.leases = books.leases();
    this.outcomes = books.outcomes();
    this.results = books.results();
    this.inputs = books.inputs();
    this.catalog = catalog;
    this.completion = completion;
    this.listener = listener;
  }

  /** A started step route. */
  interface Route {
    /** Runs one attempt and answers the body the route ended with. */
    Object run(RunningStep step) throws Exception;
  }

  void open(String routeId, Route route) {
    routes.put(routeId, route);
  }

  void close(String routeId) {
    routes.remove(routeId);
  }

  /** The ids of the step routes that are started here. */
  public Set<String> routeIds() {
    return Set.copyOf(routes.keySet());
  }

  /** The attempts in progress here. */
  public Collection<RunningStep> running() {
    return List.copyOf(running);
  }

  /** Ranges end after their present chunk from now on. */
  public void drain() {
    draining.set(true);
    running.forEach(step -> step.end(Ending.NODE_DRAINS));
  }

  /** Runs one attempt to its end; failures of the step become rows, nothing is thrown for them. */
  public void run(StepLease lease) {
    boolean unused = leases.connectionWasLost();
    var step = new RunningStep(lease, visibleResults(lease), listener);
    running.add(step);
    if (draining.get()) {
      step.end(Ending.NODE_DRAINS);
    }
    log.debug(
        "step={} name={} attempt={} started", lease.stepUuid(), lease.name(), lease.attempt());
    try {
      listener.ended(lease, settle(step));
    } catch (LeaseLost e) {
      log.warn("step={} name={} {}", lease.stepUuid(), lease.name(), e.getMessage());
      if (!step.isFenced()) {
        listener.ended(lease, AttemptEnd.LEASE_LOST);
      }
    } catch (DatabaseAway e) {
      log.warn(
          "step={} name={} left to its lease: {}", lease.stepUuid(), lease.name(), e.getMessage());
      listener.ended(lease, AttemptEnd.LEFT);
    } finally {
      running.remove(step);
      step.finish();
    }
  }

  /** How long an attempt of this step may take. */
  public Optional<Duration> timeLimit(RunningStep step) {
    return catalog.step(step.routeId()).flatMap(entry -> entry.step().timeout());
  }

  /** The time of an attempt is over: it has failed, whatever it still does. */
  public void timeOut(RunningStep step, Duration limit) {
    var error = new StepError("Timeout", "the attempt took longer than " + limit, true);
    fence(step, Ending.TIMED_OUT, error);
  }

  /** An attempt makes no progress: it has failed, whatever it still does. */
  public void stall(RunningStep step, Duration limit) {
    String message =
        "no progress for %s (setting bactrian.stall), stuck at record %d"
            .formatted(limit, step.checkpoint().map(Checkpoint::position).orElse(0L));
    fence(step, Ending.STALLED, new StepError("Stalled", message, true));
  }

  /** First the row, so that the handler can commit nothing more, then the handler. */
  private void fence(RunningStep step, Ending ending, StepError error) {
    try {
      listener.ended(step.lease(), report(step.lease(), error, Optional.empty()));
    } catch (LeaseLost e) {
      step.end(Ending.LEASE_LOST);
    }
    step.end(ending);
  }

  private AttemptEnd settle(RunningStep step) {
    StepLease lease = step.lease();
    try {
      Map<String, Object> result = answer(lease, step);
      Expansion expansion = completion.of(lease, result);
      AttemptEnd end =
          write(
              step,
              () -> {
                outcomes.complete(lease, result, expansion);
                return AttemptEnd.COMPLETE;
              });
      log.info("step={} name={} state=complete", lease.stepUuid(), lease.name());
      return end;
    } catch (Exception e) {
      boolean unused = Thread.interrupted();
      return settle(step, e);
    }
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
        if (draining.get() || step.isStopped()) {
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

  private AttemptEnd settle(RunningStep step, Exception failure) {
    StepLease lease = step.lease();
    Optional<LeaseLost> lost = Failures.find(failure, LeaseLost.class);
    if (step.isStopped() || lost.isPresent()) {
      throw lost.orElseGet(() -> new LeaseLost(lease.stepUuid(), lease.epoch()));
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

  private boolean isDatabaseAway(Exception failure) {
    boolean lost = leases.connectionWasLost();
    return lost || Failures.find(failure, DatabaseAway.class).isPresent();
  }

  private AttemptEnd release(RunningStep step, String reason) {
    StepLease lease = step.lease();
    AttemptEnd end =
        write(
            step,
            () -> {
              leases.release(lease, reason);
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
          List<String> asked = inputs.notSeen(lease, found, unseen.isChanged());
          if (asked.isEmpty()) {
            return AttemptEnd.GIVEN_BACK;
          }
          String message =
              "no node sees the input of this step; asked: " + String.join("; ", asked);
          return report(lease, new StepError("InputNotVisible", message, false), Optional.empty());
        });
  }

  private Map<String, Object> answer(StepLease lease, RunningStep step) throws Exception {
    Route route = routes.get(lease.routeId());
    if (route == null) {
      throw new IllegalStateException("route %s is not started here".formatted(lease.routeId()));
    }
    return Answers.object(route.run(step));
  }

  private AttemptEnd report(StepLease lease, StepError error, Optional<Duration> retryAfter) {
    RetryPolicy retry =
        catalog
            .step(lease.routeId())
            .map(entry -> entry.step().retry())
            .orElseThrow(() -> new IllegalStateException("no template for " + lease.routeId()));
    if (error.retryable() && retry.retryable() && lease.attempt() < lease.maxAttempts()) {
      double jitter = ThreadLocalRandom.current().nextDouble(-1, 1);
      Duration delay =
          retryAfter.map(retry::capped).orElseGet(() -> retry.delayAfter(lease.attempt(), jitter));
      outcomes.retryLater(lease, error, delay);
      log.warn(
          "step={} name={} attempt={} state=waiting_for_retry delay={} error={}",
          lease.stepUuid(),
          lease.name(),
          lease.attempt(),
          delay,
          error.message());
      return AttemptEnd.RETRY;
    }
    outcomes.fail(lease, error);
    log.error(
        "step={} name={} attempt={} state=error error={}",
        lease.stepUuid(),
        lease.name(),
        lease.attempt(),
        error.message());
    return AttemptEnd.ERROR;
  }

  private DependencyResults visibleResults(StepLease lease) {
    Set<String> ancestors =
        catalog
            .step(lease.routeId())
            .map(entry -> entry.template().ancestors(lease.templateStep()))
            .orElse(Set.of());
    return results.of(lease.taskUuid(), ancestors);
  }
}
