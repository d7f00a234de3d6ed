package io.bactrian.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The task templates of this process. Thread safe. */
public final class Catalog {
  private final Map<String, TaskTemplate> byPath = new ConcurrentSkipListMap<>();
  private final Map<String, String> current = new ConcurrentHashMap<>();

  /** Adds a template; it is what its version means from now on. */
  public void add(TaskTemplate template) {
    byPath.put(template.path(), template);
    current.put(template.reference(), template.path());
  }

  /** Adds a content of a version that tasks need which run already. */
  public void addPinned(TaskTemplate template) {
    byPath.putIfAbsent(template.path(), template);
  }

  /** The templates that may be submitted. */
  public Collection<TaskTemplate> all() {
    return byPath.values().stream().filter(this::isCurrent).toList();
  }

  /** The paths of all contents, the pinned ones included. */
  public Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }

  private boolean isCurrent(TaskTemplate template) {
    return template.path().equals(current.get(template.reference()));
  }

  /**
   * Finds a template by {@code namespace/name} (the newest version by number) or {@code
   * namespace/name@version}.
   */
  public Optional<TaskTemplate> find(String reference) {
    int at = reference.indexOf('@');
    String path = at < 0 ? reference : reference.substring(0, at);
    return byPath.values().stream()
        .filter(this::isCurrent)
        .filter(t -> path.equals(t.namespace() + "/" + t.name()))
        .filter(t -> at < 0 || t.version().equals(reference.substring(at + 1)))
        .max(Comparator.comparing(TaskTemplate::version, VersionOrder.BY_NUMBER));
  }

  /** Whether tasks of {@code namespace/name@version} can run here, whatever their content. */
  public boolean runs(String reference) {
    return byPath.values().stream().anyMatch(t -> t.reference().equals(reference));
  }

  /** Finds the template and the step that a step route runs. */
  public Optional<Entry> step(String routeId) {
    int slash = routeId.lastIndexOf('/');
    return Optional.ofNullable(byPath.get(routeId.substring(0, Math.max(slash, 0))))
        .flatMap(t -> t.step(routeId.substring(slash + 1)).map(step -> new Entry(t, step)));
  }

  /** The worker templates of the batchable step that a step route runs. */
  public List<StepTemplate> workersOf(String routeId) {
    return step(routeId).map(e -> e.template().workersOf(e.step().name())).orElse(List.of());
  }

  /** A step and the template it stands in. */
  public record Entry(TaskTemplate template, StepTemplate step) {}
}
