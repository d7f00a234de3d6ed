package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.cli.Server;
import io.bactrian.cli.ServerClient;
import io.bactrian.cli.TemplateLine;
import io.bactrian.cli.Waiting;
import io.bactrian.json.Json;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Operations;
import io.bactrian.task.Rejects;
import io.bactrian.task.SubmitOptions;
import io.bactrian.task.Submitted;
import io.bactrian.task.TaskHistory;
import io.bactrian.task.TaskViews;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The commands' view of one server. */
public final class RemoteClient implements ServerClient {
  private static final int CREATED = 201;

  private final Http http;
  private final RemoteTasks tasks;

  public RemoteClient(Server server) {
    this.http = new Http(server);
    this.tasks = new RemoteTasks(http);
  }

  @Override
  public TaskViews tasks() {
    return tasks;
  }

  @Override
  public LiveViews live() {
    return tasks;
  }

  @Override
  public TaskHistory history() {
    return new RemoteHistory(http);
  }

  @Override
  public Operations operations() {
    return new RemoteOperations(http);
  }

  @Override
  public DeadLetters deadLetters() {
    return new RemoteDeadLetters(http);
  }

  @Override
  public Rejects rejects() {
    return new RemoteRejects(http);
  }

  @Override
  public List<TemplateLine> templateLines() {
    var lines = new ArrayList<TemplateLine>();
    for (JsonNode each : http.get("/v1/templates").path("templates")) {
      String namespace = Answers.text(each, "namespace");
      String name = Answers.text(each, "name");
      String version = Answers.text(each, "version");
      lines.add(
          new TemplateLine(
              namespace,
              name,
              version,
              Answers.text(each, "description"),
              "%s/v1/templates/%s/%s/%s".formatted(http.server(), namespace, name, version)));
    }
    return lines;
  }

  @Override
  public Drawing draw(UUID task) {
    return drawing("/v1/tasks/" + task);
  }

  @Override
  public Drawing draw(String template) {
    String path = "/v1/templates/" + path(template.replaceFirst("@.*", ""));
    String version =
        template.contains("@")
            ? template.substring(template.indexOf('@') + 1)
            : Answers.text(http.get(path), "version");
    return drawing(path + "/" + path(version));
  }

  private Drawing drawing(String path) {
    JsonNode drawn = http.get(path + "/graph");
    return new Drawing(Answers.text(drawn, "svg"), Answers.text(drawn, "mermaid"));
  }

  /** Text in a path; the slashes in it stay. */
  private static String path(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
  }

  @Override
  public Submitted submit(String template, Map<String, Object> context, SubmitOptions options) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    String[] reference = template.split("[/@]", 3);
    body.put("namespace", reference[0]);
    body.put("name", reference[1]);
    if (reference.length > 2) {
      body.put("version", reference[2]);
    }
    body.set("context", Json.MAPPER.valueToTree(context));
    options.idempotencyKey().ifPresent(key -> body.put("idempotency_key", key));
    body.put("on_duplicate", options.onDuplicate().word());
    body.put("priority", options.priority());
    body.set("tags", Json.MAPPER.valueToTree(options.tags()));
    options.origin().correlationId().ifPresent(id -> body.put("correlation_id", id));
    options.origin().parentCorrelationId().ifPresent(id -> body.put("parent_correlation_id", id));
    body.put("initiator", options.origin().initiator());
    body.put("reason", options.origin().reason());
    Http.Reply reply = http.post("/v1/tasks", body);
    return new Submitted(
        http.read(reply.json(), json -> Answers.uuid(json, "task_uuid")),
        reply.status() == CREATED);
  }

  /** The server's own log says it. */
  @Override
  public String notice(String template) {
    return "";
  }

  @Override
  public Waiting waiting(UUID task) {
    return new EventSignal(http, task).start();
  }

  @Override
  public void close() {
    // Nothing is held: each request stands alone.
  }
}
