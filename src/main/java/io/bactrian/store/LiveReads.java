package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.step.StepState;
import io.bactrian.task.LiveTask;
import io.bactrian.task.LiveViews;
import io.bactrian.task.Page;
import io.bactrian.task.StepDetail;
import io.bactrian.task.StepQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tasks as those see them who watch them. */
public final class LiveReads implements LiveViews {
  private static final int STRAGGLERS = 50;

  private final TaskPageReads pages;
  private final InsightReads insights;

  public LiveReads(Database database) {
    this.pages = new TaskPageReads(database);
    this.insights = new InsightReads(database);
  }

  @Override
  public Optional<LiveTask> live(UUID task, int most) {
    return pages
        .task(task)
        .map(
            overview -> {
              var progress = new LinkedHashMap<String, Object>(insights.progress(task));
              progress.put("stragglers", insights.stragglers(task, STRAGGLERS));
              return LiveTask.of(
                  overview,
                  Json.MAPPER.valueToTree(progress),
                  steps(task, StepState.IN_PROGRESS, most),
                  steps(task, StepState.ERROR, most));
            });
  }

  private List<StepDetail> steps(UUID task, StepState state, int most) {
    var query = new StepQuery(Optional.of(state), Optional.empty());
    return pages.steps(task, query, new Page.Cut(1, most)).items();
  }
}
