package io.bactrian.template;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one step of a template. */
final class StepReader {
  private static final int SECONDS = 60;
  private static final List<String> TYPES =
      List.of("standard", "decision", "batchable", "batch_worker", "deferred_convergence");

  private final LoadSettings settings;
  private final Problems problems;

  StepReader(LoadSettings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  /** The step, as far as it can be read; unreadable parts have become problems. */
  ReadStep read(Node node) {
    Section step = Section.of("step", node, Keys.STEP, problems);
    String name = step.text("name", Grammar::isName, Grammar.NAME).orElse("");
    StepType type =
        step.oneOf("type", TYPES, List.of())
            .map(word -> StepType.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(StepType.STANDARD);
    FailureStrategy failures =
        step.oneOf("failure_strategy", List.of("continue_on_failure", "fail_fast"), List.of())
            .map(FailureStrategy::of)
            .orElse(FailureStrategy.CONTINUE_ON_FAILURE);
    Optional<Section> lifecycle = step.section("lifecycle", Keys.STEP_LIFECYCLE);
    Optional<Section> handler =
        step.required("handler").flatMap(n -> step.section("handler", Keys.HANDLER));
    List<ReadStep.Dependency> dependencies = dependencies(step);
    Map<String, Object> initialization = handler.map(h -> initialization(h, type)).orElse(Map.of());
    return new ReadStep(
        step,
        handler.flatMap(h -> h.node("callable")),
        dependencies,
        new StepTemplate(
            name,
            type,
            dependencies.stream().map(ReadStep.Dependency::name).toList(),
            handler.flatMap(h -> h.text("callable", c -> !c.isBlank(), "a name")).orElse(""),
            initialization,
            new RetryReader(problems).read(step, lifecycle),
            timeout(step, lifecycle),
            failures,
            new WorkerReader(problems).read(step, type),
            handler.flatMap(h -> h.text("method"))));
  }

  private Map<String, Object> initialization(Section handler, StepType type) {
    Optional<Node> node = handler.node("initialization");
    if (node.isEmpty()) {
      return Map.of();
    }
    Section section = Section.of("initialization", node.get(), Keys.ANY, problems);
    if (type == StepType.BATCHABLE) {
      section.integer("batch_size", 1);
      section.integer("max_workers", 1);
    }
    section.text("fold");
    if (type == StepType.BATCH_WORKER) {
      for (String reserved : List.of("cursor", "batch_metadata", "is_no_op")) {
        section
            .node(reserved)
            .ifPresent(
                n ->
                    problems.add(
                        n,
                        "initialization: '%s' is set by the engine; use another name"
                            .formatted(reserved)));
      }
    }
    return Plain.mapping(node.get(), settings);
  }

  private List<ReadStep.Dependency> dependencies(Section step) {
    List<ReadStep.Dependency> named = names(step, "dependencies");
    List<ReadStep.Dependency> alias = names(step, "depends_on");
    Optional<Node> first = step.node("dependencies");
    Optional<Node> second = step.node("depends_on");
    if (first.isPresent() && second.isPresent()) {
      Spellings.check(
          problems,
          new Spellings.Said("dependencies", first.get(), plain(named)),
          new Spellings.Said("depends_on", second.get(), plain(alias)));
    }
    return first.isPresent() ? named : alias;
  }

  private static List<String> plain(List<ReadStep.Dependency> dependencies) {
    return dependencies.stream().map(ReadStep.Dependency::name).toList();
  }

  private List<ReadStep.Dependency> names(Section step, String key) {
    var names = new ArrayList<ReadStep.Dependency>();
    for (Node node : step.list(key).orElse(List.of())) {
      if (node instanceof ScalarNode scalar) {
        names.add(new ReadStep.Dependency(scalar.getValue(), node));
      } else {
        problems.add(
            node, "step: %s holds %s; allowed: step names".formatted(key, Section.kind(node)));
      }
    }
    return names;
  }

  private Optional<Duration> timeout(Section step, Optional<Section> lifecycle) {
    Optional<Integer> seconds = step.integer("timeout_seconds", 1);
    Optional<Integer> minutes =
        lifecycle.flatMap(l -> l.integer("max_steps_in_process_minutes", 1));
    if (seconds.isPresent() && minutes.isPresent()) {
      Spellings.check(
          problems,
          new Spellings.Said(
              "timeout_seconds", step.node("timeout_seconds").orElseThrow(), seconds.get()),
          new Spellings.Said(
              "max_steps_in_process_minutes",
              lifecycle.flatMap(l -> l.node("max_steps_in_process_minutes")).orElseThrow(),
              minutes.get() * SECONDS));
    }
    return seconds.map(Duration::ofSeconds).or(() -> minutes.map(Duration::ofMinutes));
  }
}
