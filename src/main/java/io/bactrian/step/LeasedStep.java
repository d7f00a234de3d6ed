package io.bactrian.step;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;

/** What a lease says of the step that runs under it. */
public abstract class LeasedStep implements StepContext {
  private final StepLease lease;
  private final DependencyResults results;

  LeasedStep(StepLease lease, DependencyResults results) {
    this.lease = lease;
    this.results = results;
  }

  public StepLease lease() {
    return lease;
  }

  @Override
  public UUID uuid() {
    return lease.stepUuid();
  }

  @Override
  public UUID taskUuid() {
    return lease.taskUuid();
  }

  @Override
  public String step() {
    return lease.name();
  }

  @Override
  public String templateStep() {
    return lease.templateStep();
  }

  @Override
  public String routeId() {
    return lease.routeId();
  }

  @Override
  public int attempt() {
    return lease.attempt();
  }

  @Override
  public int epoch() {
    return lease.epoch();
  }

  @Override
  public Map<String, Object> context() {
    return Collections.unmodifiableMap(lease.context());
  }

  @Override
  public Map<String, Object> inputs() {
    return Collections.unmodifiableMap(lease.inputs());
  }

  @Override
  public DependencyResults dependencyResults() {
    return results;
  }

  @Override
  public Path resolve(String path) {
    return Path.of(lease.baseFolder()).resolve(path).normalize();
  }

  @Override
  public String idempotencyKey(long ordinal) {
    String text = "%s/%s/%d".formatted(taskUuid(), step(), ordinal);
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
