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
   */
  public StepRunner(Books books, Catalog catalog, Completion completion) {
    this.leases = books.leases();
    this.outcomes = books.outcomes();
    this.results = books.results();
    this.inputs = books.inputs();
    this.catalog = catalog;
    this.completion = completion;
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
    var step = new RunningStep(lease, visibleResults(lease));
    running.add(step);
    if (draining.get()) {
      step.end(Ending.NODE_DRAINS);
    }
    log.debug(
        "step={} name={} attempt={} started", lease.stepUuid(), lease.name(), lease.attempt());
    try {
      settle(step);
    } catch (LeaseLost e) {
      log.warn("step={} name={} {}", lease.stepUuid(), lease.name(), e.getMessage());
    } catch (DatabaseAway e) {
      log.warn(
          "step={} name={} left to its lease: {}", lease.stepUuid(), lease.name(), e.getMessage());
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
      report(step.lease(), error, Optional.empty());
    } catch (LeaseLost e) {
      step.end(Ending.LEASE_LOST);
    }
    step.end(ending);
  }

  private void settle(RunningStep step) {
    StepLease lease = step.lease();
    try {
      Map<String, Object> result = answer(lease, step);
      Expansion expansion = completion.of(lease, result);
      write(step, () -> outcomes.complete(lease, result, expansion));
      log.info("step={} name={} state=complete", lease.stepUuid(), lease.name());
    } catch (Exception e) {
      boolean unused = Thread.interrupted();
      settle(step, e);
    }
  }

  /**
   * Writes what became of an attempt. While the database is away it is tried again: under its epoch
   * it can do no harm, even if it did succeed and only the answer was lost.
   */
  private void write(RunningStep step, Runnable outcome) {
    while (true) {
      try {
        outcome.run();
        return;
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

  private void settle(RunningStep step, Exception failure) {
    StepLease lease = step.lease();
    Optional<LeaseLost> lost = Failures.find(failure, LeaseLost.class);
    if (step.isStopped() || lost.isPresent()) {
      throw lost.orElseGet(() -> new LeaseLost(lease.stepUuid(), lease.epoch()));
    }
    Optional<StepReleased> released = Failures.find(failure, StepReleased.class);
    Optional<InputNotVisible> unseen = Failures.find(failure, InputNotVisible.class);
    if (released.isPresent()) {
      release(step, step.ending().map(Ending::reason).orElse("the handler gave it back"));
    } else if (isDatabaseAway(failure)) {
      log.warn("step={} lost the database", lease.stepUuid(), failure);
      release(step, "the database was away");
    } else if (unseen.isPresent()) {
      miss(step, unseen.get());
    } else {
      write(step, () -> report(lease, Failures.describe(failure), Failures.retryAfter(failure)));
      log.debug("step={} failure", lease.stepUuid(), failure);
    }
  }

  private boolean isDatabaseAway(Exception failure) {
    boolean lost = leases.connectionWasLost();
    return lost || Failures.find(failure, DatabaseAway.class).isPresent();
  }

  private void release(RunningStep step, String reason) {
    StepLease lease = step.lease();
    write(step, () -> leases.release(lease, reason));
    log.info("step={} name={} state=enqueued reason={}", lease.stepUuid(), lease.name(), reason);
  }

  /** The input is not here: some other node may see it; if none does, the step has failed. */
  private void miss(RunningStep step, InputNotVisible unseen) {
    StepLease lease = step.lease();
    String found = String.valueOf(unseen.getMessage());
    write(
        step,
        () -> {
          List<String> asked = inputs.notSeen(lease, found, unseen.isChanged());
          if (!asked.isEmpty()) {
            String message =
                "no node sees the input of this step; asked: " + String.join("; ", asked);
            report(lease, new StepError("InputNotVisible", message, false), Optional.empty());
          }
        });
    log.warn("step={} name={} input not visible here: {}", lease.stepUuid(), lease.name(), found);
  }

  private Map<String, Object> answer(StepLease lease, RunningStep step) throws Exception {
    Route route = routes.get(lease.routeId());
    if (route == null) {
      throw new IllegalStateException("route %s is not started here".formatted(lease.routeId()));
    }
    return Answers.object(route.run(step));
  }

  private void report(StepLease lease, StepError error, Optional<Duration> retryAfter) {
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
    } else {
      outcomes.fail(lease, error);
      log.error(
          "step={} name={} attempt={} state=error error={}",
          lease.stepUuid(),
          lease.name(),
          lease.attempt(),
          error.message());
    }
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
