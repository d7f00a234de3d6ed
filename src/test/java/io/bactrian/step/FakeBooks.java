package io.bactrian.step;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Where a runner writes, in lists; what {@code refuses} throws is not written, nor what is lost.
 */
public final class FakeBooks implements Leases, Outcomes, ResultBook, InputSightings {
  public final List<UUID> completed = new CopyOnWriteArrayList<>();
  public final List<UUID> released = new CopyOnWriteArrayList<>();
  public final Set<UUID> lost = ConcurrentHashMap.newKeySet();
  private final Consumer<Collection<Done>> refuses;

  public FakeBooks(Consumer<Collection<Done>> refuses) {
    this.refuses = refuses;
  }

  public StepRunner.Books books() {
    return new StepRunner.Books(this, this, this, this);
  }

  @Override
  public Set<UUID> completeAll(Collection<Done> done) {
    refuses.accept(done);
    Set<UUID> steps = done.stream().map(d -> d.lease().stepUuid()).collect(Collectors.toSet());
    steps.removeAll(lost);
    completed.addAll(steps);
    return steps;
  }

  @Override
  public void complete(StepLease lease, Map<String, Object> result, Expansion created) {
    completed.add(lease.stepUuid());
  }

  @Override
  public void release(StepLease lease, String reason) {
    released.add(lease.stepUuid());
  }

  @Override
  public void retryLater(StepLease lease, StepError error, Duration delay) {}

  @Override
  public void fail(StepLease lease, StepError error) {}

  @Override
  public List<StepLease> claim(Claim claim, int limit) {
    return List.of();
  }

  @Override
  public List<Renewal> renew(Collection<StepLease.Key> leases, Duration ttl) {
    return List.of();
  }

  @Override
  public int reclaimExpired() {
    return 0;
  }

  @Override
  public int reclaimFrom(Collection<UUID> deadNodes) {
    return 0;
  }

  @Override
  public DependencyResults of(UUID task, Set<String> templateSteps) {
    return new GivenResults(List.of());
  }

  @Override
  public void seen(UUID stepUuid, int epoch) {}

  @Override
  public List<String> notSeen(StepLease lease, String found, boolean changed) {
    return List.of();
  }
}
