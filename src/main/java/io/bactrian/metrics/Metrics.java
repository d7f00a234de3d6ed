package io.bactrian.metrics;

import io.bactrian.csv.Planning;
import io.bactrian.node.WakeUp;
import io.bactrian.step.AttemptListener;
import io.bactrian.step.Leases;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepRunner;
import io.bactrian.task.TaskState;
import io.bactrian.task.Workloads;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** All that a node measures. Named {@code metrics} by routes. Closing is idempotent. */
public final class Metrics implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AttemptMeters attempts = new AttemptMeters(registry);
  private final MeteredPlanning planning = new MeteredPlanning(registry);
  private final Map<TaskState, Counter> ends = new EnumMap<>(TaskState.class);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private volatile @Nullable WorkloadMeters workload;

  public Metrics() {
    for (TaskState state : TaskState.values()) {
      if (state.isFinal()) {
        ends.put(
            state,
            Counter.builder("bactrian.tasks.ended")
                .description("Tasks that this node has brought to their end")
                .tag("state", state.word())
                .register(registry));
      }
    }
    List<MeterBinder> process =
        List.of(
            new ClassLoaderMetrics(),
            new JvmMemoryMetrics(),
            collections,
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());
    process.forEach(binder -> binder.bindTo(registry));
  }

  /** Where everything is registered. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Counts attempts. */
  public AttemptListener attempts() {
    return attempts;
  }

  /** Plans files and measures it. */
  public Planning planning() {
    return planning;
  }

  /** Counts the ends of tasks. */
  public Consumer<TaskState> taskEnds() {
    return state -> Objects.requireNonNull(ends.get(state)).increment();
  }

  /** The same leases, counted. */
  public Leases over(Leases leases) {
    return new MeteredLeases(leases, registry);
  }

  /** Measures the routes of steps, and shows everything to the route {@code metrics}. */
  public void attach(CamelContext camel) {
    camel.addRoutePolicyFactory(new StepRouteMeters(registry));
    camel.getRegistry().bind("metrics", this);
  }

  /** Shows how busy the node is. */
  public void watch(StepRunner runner, int slots) {
    Gauge.builder("bactrian.slots", () -> slots)
        .description("Steps that may be at work at once on this node")
        .register(registry);
    Gauge.builder("bactrian.slots.busy", runner::busy)
        .description("Steps at work on this node")
        .register(registry);
    Gauge.builder("bactrian.checkpoint.age", () -> oldestCheckpoint(runner))
        .description("How long ago the range of this node that waits longest saved its position")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Counts how often the wake-up route had gone deaf. */
  public void watch(WakeUp wakeUp) {
    FunctionCounter.builder("bactrian.wake.up.restarts", wakeUp, WakeUp::restarts)
        .description("How often the wake-up route had gone deaf and was started again")
        .register(registry);
  }

  private static double oldestCheckpoint(StepRunner runner) {
    return runner.running().stream()
        .filter(RunningStep::keepsCheckpoints)
        .map(step -> step.position().sinceSaved())
        .max(Comparator.naturalOrder())
        .map(Duration::toMillis)
        .map(millis -> millis / 1_000.0)
        .orElse(0.0);
  }

  /** Shows what the database knows about the work there is. */
  public void watch(Workloads workloads) {
    workload = new WorkloadMeters(workloads, registry);
  }

  /** Answers everything as Prometheus text. */
  public void scrape(Exchange exchange) {
    WorkloadMeters asked = workload;
    if (asked != null) {
      asked.refresh();
    }
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.CONTENT_TYPE, TEXT);
    message.setBody(registry.scrape());
  }

  @Override
  public void close() {
    WorkloadMeters asked = workload;
    if (asked != null) {
      asked.close();
    }
    collections.close();
    registry.close();
  }
}
