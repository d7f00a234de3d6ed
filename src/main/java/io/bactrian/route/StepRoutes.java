package io.bactrian.route;

import io.bactrian.template.HandlerNames;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Makes the routes of a task template: one templated route a step, for a batch worker two. */
public final class StepRoutes {
  /** Route template of a chunk's transaction. */
  private static final String CHUNK = "batch-worker-chunk";

  /** Route template of a batch worker that sets bad records aside. */
  private static final String REJECTS = "batch-worker-rejects";

  /** Route template that calls the handler of such a worker. */
  private static final String CALL = "batch-worker-call";

  /** Route template of a call to another process. */
  private static final String HTTP = "http-handler";

  private final CamelContext camel;
  private final HandlerNames names;

  public StepRoutes(CamelContext camel, HandlerNames names) {
    this.camel = camel;
    this.names = names;
  }

  /** Adds the routes of a valid template; their ids are {@code namespace/name/version/step}. */
  public void add(TaskTemplate template) {
    for (StepTemplate step : template.steps()) {
      add(template, step);
    }
  }

  private void add(TaskTemplate template, StepTemplate step) {
    String path = template.routeId(step);
    String handler = handler(step, path);
    switch (step.type()) {
      case STANDARD, DECISION, BATCHABLE ->
          route(step.type().routeTemplateId(), path)
              .parameter("path", path)
              .parameter("handler", handler)
              .add();
      case BATCH_WORKER -> {
        boolean rejects = step.worker().badRows().isReject();
        String fold = path + "/fold";
        camel.getRegistry().bind(fold, new ChunkFold(strategy(step)));
        route(CHUNK, path + "/chunk")
            .parameter("path", path)
            .parameter("handler", rejects ? ifThereAreRecords(handler, path) : handler)
            .parameter("fold", fold)
            .add();
        route(rejects ? REJECTS : step.type().routeTemplateId(), path)
            .parameter("path", path)
            .parameter("rows", rows(path, step.worker().rows()))
            .add();
      }
      case DEFERRED_CONVERGENCE ->
          route(step.type().routeTemplateId(), path)
              .parameter("path", path)
              .parameter("handler", handler)
              .parameter("fold", foldName(step))
              .add();
    }
  }

  /** The name of the data format that makes rows of chunks; a record type gets one of its own. */
  private String rows(String path, String rows) {
    if (rows.indexOf('.') < 0) {
      return rows;
    }
    Class<?> type = camel.getClassResolver().resolveClass(rows);
    camel.getRegistry().bind(path + "/rows", new RecordsFormat(type));
    return path + "/rows";
  }

  private TemplatedRouteBuilder route(String routeTemplate, String routeId) {
    return TemplatedRouteBuilder.builder(camel, routeTemplate)
        .routeId(routeId)
        .prefixId(routeId + "-");
  }

  private String handler(StepTemplate step, String path) {
    if (names.resolve(step) instanceof HandlerNames.Found found) {
      return isHttp(found.endpointUri())
          ? overHttp(found.endpointUri(), path)
          : found.endpointUri();
    }
    throw new IllegalStateException("handler of a valid template is gone: " + step.callable());
  }

  private static boolean isHttp(String uri) {
    return uri.startsWith("http:") || uri.startsWith("https:");
  }

  /** A handler in another process is called through a route that writes and reads JSON. */
  private String overHttp(String url, String path) {
    route(HTTP, path + "/http")
        .parameter("path", path)
        .parameter(
            "url",
            "%s%chttpMethod=POST&throwExceptionOnFailure=false"
                .formatted(url, url.indexOf('?') < 0 ? '?' : '&'))
        .add();
    return "direct:" + path + "/http";
  }

  /** Where bad records are set aside, a chunk may have no other. */
  private String ifThereAreRecords(String handler, String path) {
    route(CALL, path + "/call").parameter("path", path).parameter("handler", handler).add();
    return "direct:" + path + "/call";
  }

  private AggregationStrategy strategy(StepTemplate step) {
    return camel.getRegistry().lookupByNameAndType(foldName(step), AggregationStrategy.class);
  }

  /** The fold the template names, else the bean {@code <callable>.fold}, else the type's own. */
  private String foldName(StepTemplate step) {
    String own = step.callable() + ".fold";
    boolean bringsOne =
        camel.getRegistry().lookupByNameAndType(own, AggregationStrategy.class) != null;
    String otherwise = step.type() == StepType.BATCH_WORKER ? "sums" : "list";
    return step.fold().orElse(bringsOne ? own : otherwise);
  }
}
