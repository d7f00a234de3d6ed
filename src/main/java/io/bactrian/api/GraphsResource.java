package io.bactrian.api;

import io.bactrian.graph.Graph;
import io.bactrian.graph.Graphs;
import io.bactrian.graph.Mermaid;
import io.bactrian.graph.Svg;
import io.bactrian.task.Step;
import io.bactrian.task.Task;
import io.bactrian.task.TaskPages;
import io.bactrian.template.Catalog;
import java.util.LinkedHashMap;
import java.util.List;

/** Drawings of templates and tasks over HTTP. Named {@code graphsApi} by routes. */
public final class GraphsResource {
  private final TaskPages pages;
  private final Catalog catalog;

  /**
   * @param pages reads tasks
   * @param catalog the templates of this node
   */
  public GraphsResource(TaskPages pages, Catalog catalog) {
    this.pages = pages;
    this.catalog = catalog;
  }

  /** A template. */
  public Object template(Request request) {
    request.mustUse(request.text("namespace"));
    String reference =
        "%s/%s@%s"
            .formatted(request.text("namespace"), request.text("name"), request.text("version"));
    return catalog
        .find(reference)
        .map(template -> drawn(Graphs.of(template)))
        .orElseThrow(() -> Refusal.notFound("there is no template %s".formatted(reference)));
  }

  /** A task, its workers gathered in one node each template step. */
  public Object task(Request request) {
    Task task = TasksResource.find(pages, request).task();
    List<Step> steps = pages.outline(task.uuid());
    return catalog
        .find(task.reference())
        .map(template -> drawn(Graphs.of(task, steps, template)))
        .orElseGet(() -> drawn(Graphs.of(task, steps)));
  }

  private static Object drawn(Graph graph) {
    var json = new LinkedHashMap<String, Object>();
    json.put("svg", Svg.draw(graph));
    json.put("mermaid", Mermaid.draw(graph));
    return json;
  }
}
