package io.bactrian.remote;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.task.Page;
import io.bactrian.task.RejectFile;
import io.bactrian.task.RejectedRecord;
import io.bactrian.task.RejectingStep;
import io.bactrian.task.Rejects;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The records that workers of a server have set aside. */
final class RemoteRejects implements Rejects {
  private final Http http;

  RemoteRejects(Http http) {
    this.http = http;
  }

  @Override
  public List<RejectingStep> steps(UUID task) {
    var steps = new ArrayList<RejectingStep>();
    for (JsonNode each :
        http.get("/v1/tasks/%s/rejects?per_page=1".formatted(task)).path("steps")) {
      steps.add(
          http.read(
              each,
              json ->
                  new RejectingStep(
                      Answers.text(json, "step"), json.path("rejected").asLong(), List.of())));
    }
    return steps;
  }

  @Override
  public Page<RejectedRecord> page(UUID task, Optional<String> step, Page.Cut cut) {
    JsonNode answer =
        http.get(
            "/v1/tasks/%s/rejects?page=%d&per_page=%d%s"
                .formatted(task, cut.number(), cut.size(), asked(step, "&")));
    var records = new ArrayList<RejectedRecord>();
    answer.path("rejects").forEach(json -> records.add(http.read(json, Answers::reject)));
    return new Page<>(
        records, cut.number(), cut.size(), answer.at("/pagination/total_count").asLong());
  }

  @Override
  public RejectFile file(UUID task, Optional<String> step) {
    return new RejectFile(
        "rejects-%s.csv".formatted(task),
        List.of(),
        http.file("/v1/tasks/%s/rejects/file%s".formatted(task, asked(step, "?"))));
  }

  private static String asked(Optional<String> step, String before) {
    return step.map(name -> before + "step=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
        .orElse("");
  }
}
