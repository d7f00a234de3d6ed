package io.bactrian.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A valid task template: what can run.
 *
 * @param namespace its namespace
 * @param name its name
 * @param version its version
 * @param description for people, empty when none
 * @param inputSchema JSON Schema of the context
 * @param maxDuration how long a task may take
 * @param steps in file order
 * @param definition the whole file as data, for storing
 * @param rules what it says about its submissions
 * @param revision tells contents of one version apart: empty for the first, else a part of the
 *     content's hash
 */
public record TaskTemplate(
    String namespace,
    String name,
    String version,
    String description,
    Optional<JsonNode> inputSchema,
    Optional<Duration> maxDuration,
    List<StepTemplate> steps,
    Map<String, Object> definition,
    TaskRules rules,
    String revision) {

  public TaskTemplate {
    steps = List.copyOf(steps);
  }

  /** A template that says nothing about its submissions. */
  public TaskTemplate(
      String namespace,
      String name,
      String version,
      String description,
      Optional<JsonNode> inputSchema,
      Optional<Duration> maxDuration,
      List<StepTemplate> steps,
      Map<String, Object> definition) {
    this(
        namespace,
        name,
        version,
        description,
        inputSchema,
        maxDuration,
        steps,
        definition,
        TaskRules.STANDARD,
        "");
  }

  /** The same template as another content of its version. */
  public TaskTemplate withRevision(String other) {
    return new TaskTemplate(
        namespace,
        name,
        version,
        description,
        inputSchema,
        maxDuration,
        steps,
        definition,
        rules,
        other);
  }

  public IdentityStrategy identityStrategy() {
    return rules.identityStrategy();
  }

  /** {@code namespace/name@version}. */
  public String reference() {
    return namespace + "/" + name + "@" + version;
  }

  /**
   * {@code namespace/name/version}: what the ids of its routes begin with; {@code
   * namespace/name/version~revision} for another content of the same version.
   */
  public String path() {
    String path = namespace + "/" + name + "/" + version;
    return revision.isEmpty() ? path : path + "~" + revision;
  }

  /** The id of the route that runs a step of this template. */
  public String routeId(StepTemplate step) {
    return path() + "/" + step.name();
  }

  public Optional<StepTemplate> step(String stepName) {
    return steps.stream().filter(s -> s.name().equals(stepName)).findFirst();
  }

  /** The place of a step among the steps, from 0; names are unique. */
  public int position(StepTemplate step) {
    int position = 0;
    while (!steps.get(position).name().equals(step.name())) {
      position++;
    }
    return position;
  }

  /** All steps that a step depends on, directly or not. */
  public Set<String> ancestors(String stepName) {
    var ancestors = new LinkedHashSet<String>();
    var open = new ArrayDeque<String>(List.of(stepName));
    while (!open.isEmpty()) {
      for (String dependency : dependencies(open.pop())) {
        if (ancestors.add(dependency)) {
          open.push(dependency);
        }
      }
    }
    return ancestors;
  }

  /** What a step names as its dependencies. */
  public List<String> dependencies(String stepName) {
    return step(stepName).map(StepTemplate::dependencies).orElse(List.of());
  }

  /**
   * The template steps whose instances a step waits for: its dependencies, for a worker template
   * also the step that creates the workers, and for a worker also the decisions that may still let
   * one of its other dependencies come into being.
   */
  public List<String> waitsFor(StepTemplate step) {
    var names = new LinkedHashSet<String>();
    for (String dependency : step.dependencies()) {
      names.add(dependency);
      if (isWorker(dependency)) {
        names.add(batchableOf(dependency));
      }
    }
    if (step.type() == StepType.BATCH_WORKER) {
      Set<String> settled = ancestors(batchableOf(step.name()));
      step.dependencies().stream()
          .flatMap(dependency -> ancestors(dependency).stream())
          .filter(above -> isDecision(above) && !settled.contains(above))
          .forEach(names::add);
    }
    return List.copyOf(names);
  }

  /** Whether a step is a convergence of branches: it folds what it depends on, not workers. */
  public boolean foldsParents(StepTemplate step) {
    return step.type() == StepType.DEFERRED_CONVERGENCE
        && step.dependencies().stream().noneMatch(this::isWorker);
  }

  public boolean isDecision(String stepName) {
    return step(stepName).map(s -> s.type() == StepType.DECISION).orElse(false);
  }

  public boolean isWorker(String stepName) {
    return step(stepName).map(s -> s.type() == StepType.BATCH_WORKER).orElse(false);
  }

  /** The steps that name a step among their dependencies. */
  public List<StepTemplate> dependents(String stepName) {
    return steps.stream().filter(s -> s.dependencies().contains(stepName)).toList();
  }

  /** The batchable step that creates the workers of a worker template. */
  public String batchableOf(String workerTemplate) {
    return step(workerTemplate).stream()
        .flatMap(worker -> worker.dependencies().stream())
        .filter(d -> step(d).map(s -> s.type() == StepType.BATCHABLE).orElse(false))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("%s is no worker template".formatted(workerTemplate)));
  }

  /** The worker templates of a batchable step. */
  public List<StepTemplate> workersOf(String batchable) {
    return dependents(batchable).stream().filter(s -> s.type() == StepType.BATCH_WORKER).toList();
  }

  /** SHA-256 of the content, in hexadecimal; comments and layout do not count. */
  public String contentHash() {
    try {
      byte[] content = Json.write(new TreeMap<>(definition)).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
