package io.bactrian.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A task as somebody sees it who watches it.
 *
 * @param overview the task with its figures
 * @param rowsPerSecond mean rate of records
 * @param etaSeconds time left
 * @param elapsedSeconds time since it was submitted
 * @param usualSeconds of each straggler, a worker that runs for more than twice as long as others
 *     took, by its name: how long they took
 * @param running steps in progress, the first of them
 * @param failed steps in error, the first of them
 */
public record LiveTask(
    TaskOverview overview,
    Optional<Double> rowsPerSecond,
    Optional<Long> etaSeconds,
    double elapsedSeconds,
    Map<String, Double> usualSeconds,
    List<StepDetail> running,
    List<StepDetail> failed) {

  /**
   * From what the contract calls Progress.
   *
   * @param progress rows_per_second, eta_seconds, elapsed_seconds, stragglers
   */
  public static LiveTask of(
      TaskOverview overview, JsonNode progress, List<StepDetail> running, List<StepDetail> failed) {
    var usual = new TreeMap<String, Double>();
    for (JsonNode straggler : progress.path("stragglers")) {
      usual.put(straggler.path("name").asText(), straggler.path("usual_seconds").asDouble());
    }
    return new LiveTask(
        overview,
        Optional.of(progress.path("rows_per_second"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble),
        Optional.of(progress.path("eta_seconds")).filter(JsonNode::isNumber).map(JsonNode::asLong),
        progress.path("elapsed_seconds").asDouble(),
        usual,
        running,
        failed);
  }
}
