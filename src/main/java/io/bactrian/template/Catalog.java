package io.bactrian.template;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The task templates of this process. Thread safe. */
public final class Catalog {
  private final Map<String, TaskTemplate> byPath = new ConcurrentSkipListMap<>();

  public void add(TaskTemplate template) {
    byPath.put(template.path(), template);
  }

  public Collection<TaskTemplate> all() {
    return List.copyOf(byPath.values());
  }

  /**
   * Finds a template by {@code namespace/name} (the newest version by number) or {@code
   * namespace/name@version}.
   */
  public Optional<TaskTemplate> find(String reference) {
    int at = reference.indexOf('@');
    String path = at < 0 ? reference : reference.substring(0, at);
    return byPath.values().stream()
        .filter(t -> path.equals(t.namespace() + "/" + t.name()))
        .filter(t -> at < 0 || t.version().equals(reference.substring(at + 1)))
        .max(Comparator.comparing(TaskTemplate::version, VersionOrder.BY_NUMBER));
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
