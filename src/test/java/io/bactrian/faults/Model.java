package io.bactrian.faults;

import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.Step;
import io.bactrian.task.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a task of plan → workers → total → tell is to the engine, in memory and in a few lines; the
 * database must agree after every operation.
 */
final class Model {
  private final int workers;
  private final Map<String, One> steps = new TreeMap<>();

  /** One step. */
  private static final class One {
    private StepState state;
    private int epoch;
    private int attempts;
    private long position = 1;

    One(StepState state) {
      this.state = state;
    }

    @Override
    public String toString() {
      return "%s epoch-attempts %d-%d".formatted(state.word(), epoch, attempts);
    }
  }

  Model(int workers) {
    this.workers = workers;
    steps.put("plan", new One(StepState.ENQUEUED));
    steps.put("total", new One(StepState.PENDING));
    steps.put("tell", new One(StepState.PENDING));
  }

  long ready() {
    return count(StepState.ENQUEUED);
  }

  long position(StepLease lease) {
    return of(lease).position;
  }

  boolean holds(StepLease lease) {
    One one = of(lease);
    return one.state == StepState.IN_PROGRESS && one.epoch == lease.epoch();
  }

  /** Answers whether the claim is one that may be. */
  boolean claimed(StepLease lease) {
    One one = of(lease);
    boolean right =
        one.state == StepState.ENQUEUED
            && lease.epoch() == one.epoch + 1
            && lease.attempt() == one.attempts + 1
            && lease.saved().map(c -> c.position()).orElse(1L) == one.position;
    one.state = StepState.IN_PROGRESS;
    one.epoch++;
    one.attempts++;
    return right;
  }

  void saved(StepLease lease, long position) {
    of(lease).position = position;
  }

  void released(StepLease lease) {
    release(of(lease));
  }

  int expired() {
    List<One> running = in(StepState.IN_PROGRESS);
    running.forEach(Model::release);
    return running.size();
  }

  private static void release(One one) {
    one.state = StepState.ENQUEUED;
    one.attempts--;
  }

  void failed(StepLease lease) {
    of(lease).state = StepState.WAITING_FOR_RETRY;
  }

  int due() {
    List<One> waiting = in(StepState.WAITING_FOR_RETRY);
    waiting.forEach(one -> one.state = StepState.ENQUEUED);
    return waiting.size();
  }

  void completed(StepLease lease) {
    of(lease).state = StepState.COMPLETE;
    if (lease.name().equals("plan")) {
      for (int n = 1; n <= workers; n++) {
        steps.put("work_" + n, new One(StepState.ENQUEUED));
      }
    }
    boolean planned = step("plan").state == StepState.COMPLETE;
    boolean worked =
        steps.entrySet().stream()
            .filter(step -> step.getKey().startsWith("work_"))
            .allMatch(step -> step.getValue().state == StepState.COMPLETE);
    free("total", planned && worked);
    free("tell", step("total").state == StepState.COMPLETE);
  }

  private void free(String name, boolean parentsAreDone) {
    One one = step(name);
    if (parentsAreDone && one.state == StepState.PENDING) {
      one.state = StepState.ENQUEUED;
    }
  }

  TaskState taskState() {
    if (count(StepState.COMPLETE) == steps.size()) {
      return TaskState.COMPLETE;
    }
    boolean runs = count(StepState.ENQUEUED) + count(StepState.IN_PROGRESS) > 0;
    return runs ? TaskState.STEPS_IN_PROCESS : TaskState.WAITING_FOR_RETRY;
  }

  Map<String, String> told() {
    var told = new TreeMap<String, String>();
    steps.forEach((name, one) -> told.put(name, one.state.word() + " " + one.attempts));
    return told;
  }

  static Map<String, String> told(Collection<Step> steps) {
    var told = new TreeMap<String, String>();
    steps.forEach(step -> told.put(step.name(), step.state().word() + " " + step.attempts()));
    return told;
  }

  private List<One> in(StepState state) {
    return new ArrayList<>(steps.values().stream().filter(one -> one.state == state).toList());
  }

  private long count(StepState state) {
    return in(state).size();
  }

  private One of(StepLease lease) {
    return step(lease.name());
  }

  private One step(String name) {
    One one = steps.get(name);
    if (one == null) {
      throw new IllegalStateException("the model knows no step " + name);
    }
    return one;
  }
}
