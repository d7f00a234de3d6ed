package io.bactrian.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads task templates strictly: all problems of a file at once, each with its place. */
public final class TemplateLoader {
  private static final long MAX_BYTES = 4L << 20;

  private final LoadSettings settings =
      LoadSettings.builder()
          .setParseComments(false)
          .setUseMarks(true)
          .setAllowNonScalarKeys(true)
          .build();
  private final HandlerNames names;
  private final String environment;

  /**
   * @param names knows what callables and folds there are
   */
  public TemplateLoader(HandlerNames names) {
    this(names, "");
  }

  /**
   * @param names knows what callables and folds there are
   * @param environment what stands for this environment in a template counts; empty = for none
   */
  public TemplateLoader(HandlerNames names, String environment) {
    this.names = names;
    this.environment = environment;
  }

  /**
   * Reads a file.
   *
   * @throws TemplateException with everything that is wrong with it
   */
  public Loaded load(Path file) {
    var problems = new Problems(file.toString());
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(
            Optional.empty(),
            "the file has %d bytes; allowed: at most %d".formatted(Files.size(file), MAX_BYTES));
      } else {
        return load(file.toString(), Files.readString(file));
      }
    } catch (NoSuchFileException e) {
      problems.add(Optional.empty(), "the file does not exist");
    } catch (MalformedInputException e) {
      problems.add(Optional.empty(), "the file is not UTF-8");
    } catch (IOException e) {
      problems.add(Optional.empty(), "the file cannot be read: " + e);
    }
    problems.throwIfAny();
    throw new IllegalStateException("a problem was thrown");
  }

  /**
   * Reads a text.
   *
   * @param source what errors call it
   */
  public Loaded load(String source, String yaml) {
    var problems = new Problems(source);
    Optional<Node> root = compose(yaml, problems);
    problems.throwIfAny();
    if (!new NodeCheck(settings, problems).check(root.orElseThrow())) {
      problems.throwIfAny();
    }
    return read(source, root.orElseThrow(), problems);
  }

  private Optional<Node> compose(String yaml, Problems problems) {
    try {
      Iterator<Node> documents = new Compose(settings).composeAllFromString(yaml).iterator();
      if (!documents.hasNext()) {
        problems.add(Optional.empty(), "the file is empty; allowed: one task template");
        return Optional.empty();
      }
      Node root = documents.next();
      if (documents.hasNext()) {
        problems.add(documents.next(), "a second document; allowed: one task template a file");
      }
      if (!(root instanceof MappingNode)) {
        problems.add(root, "the file holds %s; allowed: a mapping".formatted(Section.kind(root)));
      }
      return Optional.of(root);
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "not YAML: " + e.getProblem());
    } catch (YamlEngineException | StackOverflowError e) {
      problems.add(
          Optional.empty(),
          "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }

  /** Reads the template as every environment has it; all their errors are errors of the file. */
  private Loaded read(String source, Node root, Problems problems) {
    Optional<Loaded> chosen = read(source, root, root, problems);
    for (Map.Entry<String, Node> other : new Environments(problems).of(root).entrySet()) {
      var its = new Problems(source);
      Optional<Loaded> loaded = read(source, root, other.getValue(), its);
      problems.addAll(its);
      chosen = other.getKey().equals(environment) ? loaded : chosen;
    }
    problems.throwIfAny();
    return chosen.orElseThrow();
  }

  private Optional<Loaded> read(String source, Node whole, Node root, Problems problems) {
    Section file = Section.of("template", root, Keys.TEMPLATE, problems);
    String name = file.text("name", Grammar::isName, Grammar.NAME).orElse("");
    String namespace = file.text("namespace_name", Grammar::isName, Grammar.NAME).orElse("");
    String version = file.text("version", Grammar::isVersion, Grammar.VERSION).orElse("");
    String description = file.text("description").orElse("");
    TaskRules rules =
        new TaskRules(
            file.oneOf(
                    "identity_strategy",
                    List.of("always_unique", "strict", "caller_provided"),
                    List.of())
                .map(IdentityStrategy::of)
                .orElse(IdentityStrategy.ALWAYS_UNIQUE),
            file.texts("tags"));
    Optional<Integer> minutes =
        file.section("lifecycle", Keys.TASK_LIFECYCLE)
            .flatMap(l -> l.integer("max_duration_minutes", 1));
    file.section("retention", Keys.RETENTION).ifPresent(TemplateLoader::checkRetention);
    Optional<JsonNode> schema = file.node("input_schema").map(node -> schema(node, problems));
    List<StepTemplate> steps = steps(file, problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    List<String> notes =
        file.node("task_handler").isPresent()
            ? List.of("task_handler has no effect: steps have handlers, tasks have none")
            : List.of();
    return Optional.of(
        new Loaded(
            source,
            new TaskTemplate(
                namespace,
                name,
                version,
                description,
                schema,
                minutes.map(Duration::ofMinutes),
                steps,
                Plain.mapping(whole, settings),
                rules,
                ""),
            notes));
  }

  /** The time itself is read by who prunes, from the kept content of whichever version. */
  private static void checkRetention(Section retention) {
    Optional<Node> days = retention.required("days");
    if (days.isPresent() && days.get().getTag().equals(Tag.INT)) {
      Optional<Integer> unused = retention.integer("days", 1);
    } else if (days.isPresent() && !Section.kind(days.get()).equals("'forever'")) {
      retention.problem(
          days.get(),
          "template, retention: days is %s; allowed: a whole number of at least 1, or forever"
              .formatted(Section.kind(days.get())));
    }
  }

  private JsonNode schema(Node node, Problems problems) {
    if (!(node instanceof MappingNode)) {
      problems.add(
          node, "template: input_schema is %s; allowed: a mapping".formatted(Section.kind(node)));
    }
    JsonNode schema = Json.MAPPER.valueToTree(Plain.mapping(node, settings));
    for (String problem : InputSchema.problems(schema)) {
      problems.add(node, "input_schema: " + problem);
    }
    return schema;
  }

  private List<StepTemplate> steps(Section file, Problems problems) {
    var reader = new StepReader(settings, problems);
    var read = new ArrayList<ReadStep>();
    file.required("steps");
    Optional<List<Node>> nodes = file.list("steps");
    nodes.orElse(List.of()).forEach(node -> read.add(reader.read(node)));
    if (nodes.isPresent() && read.isEmpty()) {
      problems.add(
          file.node("steps").orElseThrow(), "template: steps is empty; allowed: at least one");
    }
    new GraphCheck(read, problems).check();
    var handlers = new HandlerCheck(names, problems);
    read.forEach(handlers::check);
    return read.stream().map(ReadStep::step).toList();
  }
}
