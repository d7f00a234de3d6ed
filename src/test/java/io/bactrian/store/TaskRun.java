package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.batch.BatchProcessingOutcome;
import io.bactrian.batch.CursorConfig;
import io.bactrian.batch.DecisionLimits;
import io.bactrian.batch.DecisionOutcome;
import io.bactrian.batch.StepExpansion;
import io.bactrian.step.Leases;
import io.bactrian.step.StepLease;
import io.bactrian.step.StepState;
import io.bactrian.task.Step;
import io.bactrian.task.Submission;
import io.bactrian.task.TaskState;
import io.bactrian.template.Catalog;
import io.bactrian.template.Mode;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import io.bactrian.template.TestHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task of a template on a real database, its handlers replaced by given answers, one step at
 * a time in random order, and checks after each that the graph is what the template declares.
 */
final class TaskRun {
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Database database;
  private final TaskReads views;
  private final LeaseTable leases;
  private final StepOutcomes outcomes;
  private final TaskTemplate template;
  private final StepExpansion expansion;
  private final UUID node = UUID.randomUUID();
  private final UUID task;
  private final Random random;
  private final Map<String, Map<String, Object>> answers = new HashMap<>();
  private final Map<String, Integer> expected = new HashMap<>();
  private final List<String> order = new ArrayList<>();

  /** A run of a template with each step in one line: name, type, dependencies. */
  static TaskRun of(Database database, long seed, String... steps) {
    var yaml = new StringBuilder("name: t\nnamespace_name: n\nversion: '1'\nsteps:\n");
    for (String step : steps) {
      String[] words = step.split(" ", 3);
      yaml.append(
          "- {name: %s, type: %s, dependencies: [%s], handler: {callable: h}}%n"
              .formatted(words[0], words[1], words.length < 3 ? "" : words[2].replace(" ", ", ")));
    }
    return new TaskRun(database, yaml.toString().toLowerCase(Locale.ROOT), seed);
  }

  TaskRun(Database database, String yaml, long seed) {
    this.database = database;
    this.random = new Random(seed);
    this.views = new TaskReads(database);
    this.leases = new LeaseTable(database, "test");
    this.outcomes = new StepOutcomes(database, "test");
    this.template =
        new TemplateTable(database)
            .settle(
                new TemplateLoader(new TestHandlers()).load("t.yaml", yaml).template(),
                Mode.DEVELOPMENT);
    var catalog = new Catalog();
    catalog.add(template);
    this.expansion = new StepExpansion(catalog, new DecisionLimits(100, 10));
    new NodeTable(database).register(node, "here", 1, TTL);
    this.task =
        new Submission(new TaskTable(database, "test"))
            .submit(template, Map.of(), Path.of("/"), Optional.empty());
    checkEdges();
  }

  /** This batchable step divides its work into so many parts; 0 = no batches. */
  TaskRun divides(String batchable, String worker, int parts) {
    List<CursorConfig> cursors =
        IntStream.rangeClosed(1, parts)
            .mapToObj(i -> new CursorConfig("%03d".formatted(i), i, i + 1, 1))
            .toList();
    BatchProcessingOutcome outcome =
        parts == 0
            ? BatchProcessingOutcome.noBatches()
            : BatchProcessingOutcome.createBatches(worker, cursors, parts);
    answers.put(batchable, Map.of(BatchProcessingOutcome.RESULT_KEY, outcome));
    return this;
  }

  /** This decision names these steps; none = no branches. */
  TaskRun decides(String decision, String... names) {
    answers.put(
        decision,
        Map.of(
            DecisionOutcome.RESULT_KEY,
            names.length == 0 ? DecisionOutcome.noBranches() : DecisionOutcome.createSteps(names)));
    return this;
  }

  /** Runs until nothing is ready. */
  TaskRun toTheEnd() {
    for (StepLease step = next(); step != null; step = next()) {
      complete(step);
    }
    return this;
  }

  /** Runs until this step could run next, and leaves it enqueued. */
  TaskRun until(String name) {
    var held = new ArrayList<StepLease>();
    for (StepLease step = next(); step != null; step = next()) {
      if (step.name().equals(name)) {
        held.add(step);
      } else {
        complete(step);
      }
    }
    held.forEach(step -> leases.release(step, "test"));
    held.forEach(step -> order.remove(step.name()));
    return this;
  }

  private @Nullable StepLease next() {
    Set<String> routes =
        template.steps().stream().map(template::routeId).collect(Collectors.toSet());
    var claim = new Leases.Claim(node, routes, Set.of(task), true, TTL, 100);
    List<StepLease> ready = new ArrayList<>(leases.claim(claim, 1 + random.nextInt(4)));
    Collections.shuffle(ready, random);
    if (ready.isEmpty()) {
      return null;
    }
    for (StepLease other : ready.subList(1, ready.size())) {
      leases.release(other, "test");
    }
    StepLease step = ready.get(0);
    checkParents(step);
    order.add(step.name());
    expected.put(step.name(), step.expected());
    return step;
  }

  private void complete(StepLease step) {
    Map<String, Object> result =
        answers.getOrDefault(step.templateStep(), Map.of("name", step.name()));
    outcomes.complete(step, result, expansion.of(step, result));
    checkEdges();
  }

  /** All that a step declares and that exists is done when the step runs. */
  private void checkParents(StepLease step) {
    List<String> declared = template.dependencies(step.templateStep());
    assertThat(views.steps(task).stream().filter(s -> declared.contains(s.templateStep())))
        .as("what %s waits for, after %s", step.name(), order)
        .allMatch(s -> s.state() == StepState.COMPLETE);
  }

  private static final String EDGES =
      """
      select p.name || ' -> ' || c.name from step_edges e
      join workflow_steps p on p.step_uuid = e.from_step
      join workflow_steps c on c.step_uuid = e.to_step
      where c.task_uuid = :task
      """;

  /** Every edge that the template declares exists as soon as both its ends do. */
  private void checkEdges() {
    List<Step> steps = views.steps(task);
    List<String> declared =
        steps.stream()
            .flatMap(
                child ->
                    steps.stream()
                        .filter(
                            p ->
                                template
                                    .dependencies(child.templateStep())
                                    .contains(p.templateStep()))
                        .map(parent -> parent.name() + " -> " + child.name()))
            .toList();
    assertThat(database.read(() -> edges())).as("after %s", order).containsAll(declared);
  }

  private List<String> edges() {
    return database.jdbc().sql(EDGES).param("task", task).query(String.class).list();
  }

  /** The names of all steps that exist, in template order. */
  List<String> steps() {
    return views.steps(task).stream().map(Step::name).toList();
  }

  /** The steps in the order in which they ran. */
  List<String> order() {
    return order;
  }

  /** How many results a convergence had to fold. */
  int expected(String convergence) {
    return expected.getOrDefault(convergence, -1);
  }

  TaskState state() {
    return views.find(task).orElseThrow().state();
  }

  /** What was seen by name of step and its state. */
  Map<String, StepState> states() {
    var states = new LinkedHashMap<String, StepState>();
    views.steps(task).forEach(step -> states.put(step.name(), step.state()));
    return states;
  }

  TaskTemplate template() {
    return template;
  }

  /** The steps that a template has, workers left out. */
  static List<String> names(List<StepTemplate> steps) {
    return steps.stream().map(StepTemplate::name).toList();
  }
}
