package io.bactrian.step;

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

  private final Leases leases;
  private final Outcomes outcomes;
  private final ResultBook results;
  private final Catalog catalog;
  private final Completion completion;
  private final AtomicBoolean draining = new AtomicBoolean();
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final Set<RunningStep> running = ConcurrentHashMap.newKeySet();

  /**
   * @param leases gives leases back
   * @param outcomes commits what became of an attempt
   * @param results what handlers may look up
   * @param catalog the templates, for retry rules and ancestors
   * @param completion says what the completion of a step must create
   */
  public StepRunner(
      Leases leases,
      Outcomes outcomes,
      ResultBook results,
      Catalog catalog,
      Completion completion) {
    this.leases = leases;
    this.outcomes = outcomes;
    this.results = results;
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
    try {
      report(step.lease(), error, Optional.empty());
    } finally {
      step.end(Ending.TIMED_OUT);
    }
  }

  private void settle(RunningStep step) {
    StepLease lease = step.lease();
    try {
      Map<String, Object> result = answer(lease, step);
      outcomes.complete(lease, result, completion.of(lease, result));
      log.info("step={} name={} state=complete", lease.stepUuid(), lease.name());
    } catch (Exception e) {
      boolean unused = Thread.interrupted();
      settle(step, e);
    }
  }

  private void settle(RunningStep step, Exception failure) {
    StepLease lease = step.lease();
    Optional<LeaseLost> lost = Failures.find(failure, LeaseLost.class);
    if (step.isStopped() || lost.isPresent()) {
      throw lost.orElseGet(() -> new LeaseLost(lease.stepUuid(), lease.epoch()));
    }
    Optional<StepReleased> released = Failures.find(failure, StepReleased.class);
    if (released.isPresent()) {
      String reason = step.ending().map(Ending::reason).orElse("the handler gave it back");
      leases.release(lease, reason);
      log.info("step={} name={} state=enqueued reason={}", lease.stepUuid(), lease.name(), reason);
      return;
    }
    report(lease, Failures.describe(failure), Failures.retryAfter(failure));
    log.debug("step={} failure", lease.stepUuid(), failure);
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
