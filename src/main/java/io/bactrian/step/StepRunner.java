package io.bactrian.step;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.template.Catalog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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
  private final ResultBook results;
  private final Catalog catalog;
  private final Completion completion;
  private final AttemptListener listener;
  private final Settlement settlement;
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
    this.results = books.results();
    this.catalog = catalog;
    this.completion = completion;
    this.listener = listener;
    this.settlement = new Settlement(books, catalog, draining::get);
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

  /** How many attempts keep a slot busy; the others in progress wait to be written. */
  public int busy() {
    return (int) running.stream().filter(RunningStep::isAtWork).count();
  }

  /** Ranges end after their present chunk from now on. */
  public void drain() {
    draining.set(true);
    running.forEach(step -> step.end(Ending.NODE_DRAINS));
  }

  /** Runs one attempt to its end; failures of the step become rows, nothing is thrown for them. */
  public void run(StepLease lease) {
    run(lease, answered -> complete(List.of(answered)));
  }

  /**
   * The same, but the answer of a batch worker may be written later: {@link #complete} makes it
   * true. Until then the step stays among those that run here, so that its lease is kept.
   *
   * @param later takes the answer of a batch worker
   */
  public void run(StepLease lease, Consumer<Answered> later) {
    boolean unused = leases.connectionWasLost();
    var step = new RunningStep(lease, visibleResults(lease), listener);
    running.add(step);
    if (draining.get()) {
      step.end(Ending.NODE_DRAINS);
    }
    log.debug(
        "step={} name={} attempt={} started", lease.stepUuid(), lease.name(), lease.attempt());
    Optional<Answered> answered = Optional.empty();
    try {
      answered = attempt(step);
    } finally {
      step.finish();
      if (answered.isEmpty()) {
        running.remove(step);
      }
    }
    answered.ifPresent(later);
  }

  private Optional<Answered> attempt(RunningStep step) {
    try {
      Map<String, Object> result = answer(step.lease(), step);
      if (step.keepsCheckpoints()) {
        return Optional.of(Answered.of(step, result)); // a batch worker creates nothing
      }
      Expansion created = completion.of(step.lease(), result);
      tell(step, () -> settlement.complete(step, result, created));
    } catch (Exception | Error e) { // also no memory for a chunk: the next attempt takes fewer
      tell(step, () -> settlement.failed(step, e));
    }
    return Optional.empty();
  }

  /**
   * Makes true: batch workers that have answered are complete, those of one task in one
   * transaction. What cannot be written together is written one by one.
   */
  public void complete(Collection<Answered> answered) {
    boolean unused = leases.connectionWasLost();
    var byTask = answered.stream().collect(Collectors.groupingBy(one -> one.step().taskUuid()));
    try {
      byTask.values().forEach(this::completeTogether);
    } finally {
      answered.forEach(one -> running.remove(one.step()));
    }
  }

  private void completeTogether(List<Answered> ofTask) {
    try {
      Set<UUID> complete = settlement.complete(ofTask);
      ofTask.forEach(one -> tell(one, () -> completeOrLost(one.step(), complete)));
    } catch (RuntimeException e) {
      if (ofTask.size() > 1 && !(e instanceof DatabaseAway)) {
        ofTask.forEach(one -> completeTogether(List.of(one)));
      } else {
        ofTask.forEach(one -> tell(one, () -> settlement.failed(one.step(), e)));
      }
    }
  }

  private void tell(Answered answered, Supplier<AttemptEnd> settled) {
    answered.named(() -> tell(answered.step(), settled));
  }

  private static AttemptEnd completeOrLost(RunningStep step, Set<UUID> complete) {
    if (!complete.contains(step.uuid())) {
      throw new LeaseLost(step.uuid(), step.epoch());
    }
    step.committed();
    Settlement.logComplete(step);
    return AttemptEnd.COMPLETE;
  }

  private void tell(RunningStep step, Supplier<AttemptEnd> settled) {
    StepLease lease = step.lease();
    try {
      listener.ended(lease, settled.get());
    } catch (LeaseLost e) {
      log.warn("step={} name={} {}", lease.stepUuid(), lease.name(), e.getMessage());
      if (!step.isFenced()) {
        listener.ended(lease, AttemptEnd.LEASE_LOST);
      }
    } catch (DatabaseAway e) {
      log.warn(
          "step={} name={} left to its lease: {}", lease.stepUuid(), lease.name(), e.getMessage());
      listener.ended(lease, AttemptEnd.LEFT);
    } catch (RuntimeException e) {
      log.error("step={} name={} outcome not written", lease.stepUuid(), lease.name(), e);
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
      listener.ended(step.lease(), settlement.report(step.lease(), error, Optional.empty()));
    } catch (LeaseLost e) {
      step.end(Ending.LEASE_LOST);
    }
    step.end(ending);
  }

  private Map<String, Object> answer(StepLease lease, RunningStep step) throws Exception {
    Route route =
        Optional.ofNullable(routes.get(lease.routeId()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "route %s is not started here".formatted(lease.routeId())));
    return Answers.object(route.run(step));
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
