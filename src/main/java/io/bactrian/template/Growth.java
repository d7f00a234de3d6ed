package io.bactrian.template;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which steps of a template exist in a task. Steps behind no decision exist from the start. A step
 * behind decisions comes when it is known which of its dependencies exist, if at least one does:
 *
 * <ul>
 *   <li>a step that a decision has named comes;
 *   <li>a step that depends on a decision which did not name it comes only if it also depends on
 *       something that follows from what the decision named;
 *   <li>any other step comes; it waits for those of its dependencies that exist.
 * </ul>
 *
 * <p>Workers do not count here: they exist as their batchable step does.
 */
public final class Growth {
  private final TaskTemplate template;
  private final Set<String> existing;
  private final Map<String, Set<String>> chosen = new HashMap<>();
  private final Map<String, Fate> fates = new HashMap<>();

  /**
   * @param template the task's template
   * @param existing the names of the steps that exist, workers left out
   * @param named what each decision that has been made has named
   */
  public Growth(
      TaskTemplate template,
      Set<String> existing,
      Map<String, ? extends Collection<String>> named) {
    this.template = template;
    this.existing = Set.copyOf(existing);
    named.forEach((decision, names) -> chosen.put(decision, withBetween(decision, names)));
  }

  /** What becomes of a step. */
  private enum Fate {
    EXISTS,
    COMES,
    OPEN,
    NEVER;

    boolean lives() {
      return this == EXISTS || this == COMES;
    }
  }

  /** The steps of a new task. */
  public static List<StepTemplate> first(TaskTemplate template) {
    return new Growth(template, Set.of(), Map.of()).coming();
  }

  /** The steps that do not exist yet and must now. */
  public List<StepTemplate> coming() {
    return template.steps().stream()
        .filter(step -> step.type() != StepType.BATCH_WORKER)
        .filter(step -> fate(step.name()) == Fate.COMES)
        .toList();
  }

  /** The named steps, and those that lie between the decision and a step nothing else leads to. */
  private Set<String> withBetween(String decision, Collection<String> names) {
    var all = new LinkedHashSet<String>(names);
    var open = new ArrayDeque<String>(names);
    while (!open.isEmpty()) {
      List<String> behind =
          template.dependencies(open.pop()).stream()
              .map(this::creatorOf)
              .filter(p -> p.equals(decision) || template.ancestors(p).contains(decision))
              .toList();
      boolean reached =
          behind.stream()
              .anyMatch(p -> p.equals(decision) || all.contains(p) || existing.contains(p));
      if (!reached) {
        behind.stream().filter(all::add).forEach(open::add);
      }
    }
    return all;
  }

  private Fate fate(String name) {
    Fate known = fates.get(name);
    if (known == null) {
      known = work(name);
      fates.put(name, known);
    }
    return known;
  }

  private Fate work(String name) {
    List<String> dependencies = template.dependencies(name);
    if (existing.contains(name)) {
      return Fate.EXISTS;
    }
    if (dependencies.isEmpty()) {
      return Fate.COMES;
    }
    List<Fate> parents = dependencies.stream().map(d -> fate(creatorOf(d))).toList();
    if (parents.contains(Fate.OPEN)) {
      return Fate.OPEN;
    }
    if (parents.stream().noneMatch(Fate::lives)) {
      return Fate.NEVER;
    }
    return chosen.values().stream().anyMatch(names -> names.contains(name))
        ? Fate.COMES
        : unnamed(dependencies.stream().filter(d -> fate(creatorOf(d)).lives()).toList());
  }

  /** The fate of a step that no decision has named, by those of its dependencies that exist. */
  private Fate unnamed(List<String> living) {
    List<String> decisions = living.stream().filter(template::isDecision).toList();
    if (!chosen.keySet().containsAll(decisions)) {
      return Fate.OPEN;
    }
    boolean followed =
        decisions.stream()
            .allMatch(
                decision ->
                    living.stream()
                        .filter(other -> !template.isDecision(other))
                        .anyMatch(other -> template.ancestors(other).contains(decision)));
    return followed ? Fate.COMES : Fate.NEVER;
  }

  private String creatorOf(String name) {
    return template.isWorker(name) ? template.batchableOf(name) : name;
  }
}
