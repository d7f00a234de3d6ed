package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.step.StepState;
import io.bactrian.task.LiveTask;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Progress;
import io.bactrian.task.Receipt;
import io.bactrian.task.Step;
import io.bactrian.task.StepDetail;
import io.bactrian.task.Task;
import io.bactrian.task.TaskOverview;
import io.bactrian.task.TaskViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Tasks of a server, page by page. */
final class RemoteTasks implements TaskViews, LiveViews {
  private static final int TASKS = 100;
  private static final int STEPS = 1000;

  private final Http http;

  RemoteTasks(Http http) {
    this.http = http;
  }

  @Override
  public Optional<Task> find(UUID task) {
    return there(task).map(json -> http.read(json, Answers::task));
  }

  /** A task that has not been pruned. */
  private Optional<JsonNode> there(UUID task) {
    return http.find("/v1/tasks/" + task).filter(json -> !json.path("receipt").isObject());
  }

  @Override
  public Optional<Receipt> receipt(UUID task) {
    return http.find("/v1/tasks/" + task).flatMap(json -> http.read(json, Answers::receipt));
  }

  @Override
  public List<Task> newest(int limit) {
    return pages("/v1/tasks?", "tasks", TASKS, limit, Answers::task);
  }

  @Override
  public List<Task> running() {
    throw new UnsupportedOperationException("whoever works for tasks does so beside the database");
  }

  @Override
  public List<Step> steps(UUID task) {
    return pages(
        "/v1/tasks/%s/workflow_steps?".formatted(task),
        "workflow_steps",
        STEPS,
        Integer.MAX_VALUE,
        Answers::step);
  }

  private <T> List<T> pages(
      String path, String name, int size, int limit, Function<JsonNode, T> reading) {
    var items = new ArrayList<T>();
    int perPage = Math.max(1, Math.min(size, limit));
    for (int page = 1; items.size() < limit; page++) {
      JsonNode answer = http.get("%sper_page=%d&page=%d".formatted(path, perPage, page));
      for (JsonNode item : answer.path(name)) {
        items.add(http.read(item, reading));
      }
      if (page >= answer.at("/pagination/total_pages").asInt()) {
        break;
      }
    }
    return items.subList(0, Math.min(items.size(), limit));
  }

  @Override
  public Progress progress(UUID task) {
    JsonNode json = http.get("/v1/tasks/" + task);
    TaskOverview overview = http.read(json, Answers::overview);
    return new Progress(
        overview.task().state(),
        overview.figures().rowsTotal(),
        overview.figures().rowsDone(),
        overview.figures().rowsRejected(),
        overview.figures().stepsRunning());
  }

  @Override
  public Optional<LiveTask> live(UUID task, int most) {
    return there(task)
        .map(
            json ->
                LiveTask.of(
                    http.read(json, Answers::overview),
                    http.get("/v1/tasks/%s/progress".formatted(task)),
                    steps(task, StepState.IN_PROGRESS, most),
                    steps(task, StepState.ERROR, most)));
  }

  private List<StepDetail> steps(UUID task, StepState state, int most) {
    String path = "/v1/tasks/%s/workflow_steps?state=%s&".formatted(task, state.word());
    return pages(path, "workflow_steps", most, most, Answers::detail);
  }
}
