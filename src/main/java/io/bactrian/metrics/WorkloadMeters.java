package io.bactrian.metrics;

import io.bactrian.step.StepState;
import io.bactrian.task.TaskState;
import io.bactrian.task.Workload;
import io.bactrian.task.Workloads;
import io.bactrian.template.StepType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the workload that the database knows. It is asked when somebody looks, at most every {@link
 * #FRESH}, on a thread of its own: who looks waits for {@link #PATIENCE} and then sees what was
 * known before, or nothing when that is older than {@link #OLD}. Thread safe.
 */
final class WorkloadMeters implements AutoCloseable {
  static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration OLD = Duration.ofSeconds(30);
  private static final Logger log = LoggerFactory.getLogger(WorkloadMeters.class);

  private final Workloads workloads;
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
  private final AtomicReference<@Nullable Future<?>> asking = new AtomicReference<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var made = new Thread(task, "bactrian-metrics");
            made.setDaemon(true);
            return made;
          });

  /**
   * What was seen.
   *
   * @param workload empty when the database did not answer
   */
  private record Known(Optional<Workload> workload, long nanos) {
    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - nanos < age.toNanos();
    }
  }

  WorkloadMeters(Workloads workloads, MeterRegistry registry) {
    this.workloads = workloads;
    for (TaskState state : TaskState.values()) {
      if (!state.isFinal()) {
        gauge("bactrian.tasks", w -> w.tasks().getOrDefault(state, 0L))
            .description("Tasks that have not ended, over all nodes")
            .tag("state", state.word())
            .register(registry);
      }
    }
    for (StepType type : StepType.values()) {
      for (StepState state : StepState.values()) {
        if (!state.isDone()) {
          steps(type, state).register(registry);
        }
      }
    }
    gauge("bactrian.queue.depth", Workload::ready)
        .description("Steps that wait for a free slot, over all nodes")
        .register(registry);
    gauge("bactrian.queue.age", w -> seconds(w.oldestReady()))
        .description("How long the oldest of those steps has been ready")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("bactrian.database.reachable", this, WorkloadMeters::reachable)
        .description("1 if the database has answered the last time it was asked for these figures")
        .register(registry);
  }

  private Gauge.Builder<?> steps(StepType type, StepState state) {
    var kind = new Workload.Kind(type, state);
    return gauge("bactrian.steps", w -> w.steps().getOrDefault(kind, 0L))
        .description("Steps that are not done, of tasks that have not ended, over all nodes")
        .tag("type", type.word())
        .tag("state", state.word());
  }

  private Gauge.Builder<?> gauge(String name, ToDoubleFunction<Workload> figure) {
    return Gauge.builder(
        name, this, meters -> meters.workload().map(figure::applyAsDouble).orElse(Double.NaN));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }

  private Optional<Workload> workload() {
    Known last = known.get();
    return last != null && last.isYoungerThan(OLD) ? last.workload() : Optional.empty();
  }

  private double reachable() {
    return workload().isPresent() ? 1 : 0;
  }

  /** Looks anew if what is known is not fresh. */
  void refresh() {
    Known last = known.get();
    if (last != null && last.isYoungerThan(FRESH)) {
      return;
    }
    Future<?> present =
        asking.updateAndGet(
            before -> before == null || before.isDone() ? thread.submit(this::ask) : before);
    try {
      present.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.debug("the workload is not known in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask() {
    Optional<Workload> seen = Optional.empty();
    try {
      seen = Optional.of(workloads.now());
    } catch (RuntimeException e) {
      log.debug("the workload cannot be read: {}", e.getMessage());
    }
    known.set(new Known(seen, System.nanoTime()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
