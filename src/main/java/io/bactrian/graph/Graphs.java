package io.bactrian.graph;

import io.bactrian.step.StepState;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes graphs of templates and of tasks. */
public final class Graphs {
  /** The state that a group of workers is shown in: the first of these that one of them has. */
  private static final List<StepState> TELLING =
      List.of(
          StepState.ERROR,
          StepState.WAITING_FOR_RETRY,
          StepState.IN_PROGRESS,
          StepState.ENQUEUED,
          StepState.PENDING,
          StepState.CANCELLED,
          StepState.RESOLVED_MANUALLY,
          StepState.COMPLETE);

  private Graphs() {}

  /** The steps of a template and what each waits for. */
  public static Graph of(TaskTemplate template) {
    var nodes = new ArrayList<Graph.Node>();
    var edges = new ArrayList<Graph.Edge>();
    for (StepTemplate step : template.steps()) {
      nodes.add(new Graph.Node(step.name(), step.type(), step.callable(), Optional.empty()));
      step.dependencies().forEach(d -> edges.add(new Graph.Edge(d, step.name())));
    }
    return new Graph(template.reference(), nodes, edges);
  }

  /**
   * The steps of a task as they stand; the workers of one template step are one node. Steps that
   * the task does not have, or not yet, are there without a state.
   */
  public static Graph of(Task task, List<Step> steps, TaskTemplate template) {
    Map<String, List<Step>> byTemplate = byTemplate(steps);
    List<Graph.Node> nodes =
        of(template).nodes().stream()
            .map(
                node ->
                    byTemplate.containsKey(node.name())
                        ? node(byTemplate, node.name())
                        : none(node))
            .toList();
    return new Graph(title(task), nodes, of(template).edges());
  }

  /** The steps of a task whose template is not known here. */
  public static Graph of(Task task, List<Step> steps) {
    Map<String, List<Step>> byTemplate = byTemplate(steps);
    Set<Graph.Edge> edges = new LinkedHashSet<>();
    byTemplate.forEach(
        (name, group) ->
            group.stream()
                .flatMap(step -> step.parents().stream())
                .filter(byTemplate::containsKey)
                .forEach(parent -> edges.add(new Graph.Edge(parent, name))));
    return new Graph(
        title(task),
        byTemplate.keySet().stream().map(name -> node(byTemplate, name)).toList(),
        shortest(edges));
  }

  private static String title(Task task) {
    return "%s %s %s".formatted(task.reference(), task.uuid(), task.state().word());
  }

  private static Map<String, List<Step>> byTemplate(List<Step> steps) {
    return steps.stream()
        .collect(
            Collectors.groupingBy(Step::templateStep, LinkedHashMap::new, Collectors.toList()));
  }

  private static Graph.Node node(Map<String, List<Step>> byTemplate, String name) {
    List<Step> group = byTemplate.getOrDefault(name, List.of());
    StepType type = group.get(0).type();
    return new Graph.Node(name, type, detail(type, group), Optional.of(state(group)));
  }

  private static Graph.Node none(Graph.Node node) {
    return new Graph.Node(node.name(), node.type(), "not created", Optional.empty());
  }

  /** Leaves out an edge that a longer way makes needless: a batchable's to its convergence. */
  private static List<Graph.Edge> shortest(Set<Graph.Edge> edges) {
    return edges.stream()
        .filter(
            edge ->
                edges.stream()
                    .filter(first -> first.from().equals(edge.from()) && !first.equals(edge))
                    .noneMatch(first -> leads(first.to(), edge.to(), edges)))
        .toList();
  }

  private static boolean leads(String from, String to, Set<Graph.Edge> edges) {
    return from.equals(to)
        || edges.stream().anyMatch(e -> e.from().equals(from) && leads(e.to(), to, edges));
  }

  private static StepState state(List<Step> group) {
    return TELLING.stream()
        .filter(state -> group.stream().anyMatch(step -> step.state() == state))
        .findFirst()
        .orElseThrow();
  }

  private static String detail(StepType type, List<Step> group) {
    if (type != StepType.BATCH_WORKER) {
      Step step = group.get(0);
      String again = step.attempts() > 1 ? ", attempt " + step.attempts() : "";
      return step.state().word() + again;
    }
    return TELLING.stream()
        .map(state -> count(group, state))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", ", group.size() + " workers: ", ""));
  }

  private static String count(List<Step> group, StepState state) {
    long count = group.stream().filter(step -> step.state() == state).count();
    return count == 0 ? "" : count + " " + state.word();
  }
}
