package io.bactrian.api;

import io.bactrian.access.Principal;
import io.bactrian.template.Catalog;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Task templates over HTTP. Named {@code templatesApi} by routes. */
public final class TemplatesResource {
  private final Catalog catalog;

  public TemplatesResource(Catalog catalog) {
    this.catalog = catalog;
  }

  /** The templates of this node, by name. */
  public Object list(Request request) {
    request.asked("namespace").ifPresent(request::mustUse);
    return Map.of(
        "templates",
        catalog.all().stream()
            .filter(t -> request.principal().mayUse(t.namespace()))
            .filter(t -> request.asked("namespace").map(t.namespace()::equals).orElse(true))
            .map(TemplatesResource::summary)
            .toList());
  }

  /** One template, the newest version unless one is named. */
  public Object get(Request request) {
    String namespace = request.text("namespace");
    request.mustUse(namespace);
    String name = namespace + "/" + request.text("name");
    String version = request.path().get("version");
    String reference = version == null ? name : name + "@" + version;
    return catalog
        .find(reference)
        .map(template -> detail(template, request.principal()))
        .orElseThrow(() -> Refusal.notFound("there is no template %s".formatted(reference)));
  }

  private static Map<String, Object> summary(TaskTemplate template) {
    var json = new LinkedHashMap<String, Object>();
    json.put("namespace", template.namespace());
    json.put("name", template.name());
    json.put("version", template.version());
    json.put("description", template.description());
    json.put("content_hash", template.contentHash());
    json.put("step_count", template.steps().size());
    return json;
  }

  private static Map<String, Object> detail(TaskTemplate template, Principal principal) {
    var json = new LinkedHashMap<String, @Nullable Object>(summary(template));
    json.put("input_schema", template.inputSchema().orElse(null));
    json.put("steps", template.steps().stream().map(TemplatesResource::step).toList());
    json.put("definition", Secrets.masked(template.definition(), principal));
    return TaskJson.present(json);
  }

  private static Map<String, Object> step(StepTemplate step) {
    return Map.of(
        "name", step.name(),
        "type", step.type().word(),
        "dependencies", step.dependencies(),
        "callable", step.callable());
  }
}
