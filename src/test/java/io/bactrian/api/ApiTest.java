package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import io.bactrian.task.TaskState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks over HTTP, from submission to the result. */
final class ApiTest {
  static final String INVENTORY =
      """
      {"namespace": "csv_processing", "name": "csv_product_inventory_analyzer",
       "context": {"csv_file_path": "fixtures/products.csv"}}
      """;

  @TempDir private static Path home;
  private static ApiNode node;
  private static ApiClient api;

  @BeforeAll
  static void start() {
    node = new ApiNode(home, Map.of());
    api = node.client();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void aSubmittedTaskIsFoundWhereItsLocationSaysAndFinishes() {
    Reply created = api.post("/v1/tasks", INVENTORY);

    assertThat(created.status()).isEqualTo(201);
    String location = created.header("Location");
    assertThat(location).isEqualTo("/v1/tasks/" + created.at("/task_uuid"));
    Reply done = finished(location);
    assertThat(done.at("/status")).isEqualTo("complete");
    assertThat(done.at("/execution_status")).isEqualTo("all_complete");
    assertThat(done.json().at("/completion_percentage").asDouble()).isEqualTo(100);
    assertThat(done.json().at("/rows_total").asInt()).isEqualTo(1000);
    assertThat(done.json().at("/rows_done").asInt()).isEqualTo(1000);
    assertThat(done.json().at("/total_steps").asInt()).isEqualTo(7);
  }

  @Test
  void stepsComeInPagesWithTheirResults() {
    String location = api.post("/v1/tasks", INVENTORY).header("Location");
    finished(location);

    Reply first = api.get(location + "/workflow_steps?per_page=5");
    Reply second = api.get(location + "/workflow_steps?per_page=5&page=2");

    assertThat(first.json().get("workflow_steps")).hasSize(5);
    assertThat(second.json().get("workflow_steps")).hasSize(2);
    assertThat(second.json().at("/pagination/total_pages").asInt()).isEqualTo(2);
    assertThat(first.at("/workflow_steps/0/name")).isEqualTo("analyze_csv");
    Reply last = api.get(location + "/workflow_steps/" + second.at("/workflow_steps/1/step_uuid"));
    assertThat(last.at("/results/result/total_inventory_value")).isEqualTo("161613510.32");
    assertThat(
            api.get(location + "/workflow_steps?type=batch_worker&state=complete")
                .json()
                .at("/pagination/total_count")
                .asInt())
        .isEqualTo(5);
  }

  @Test
  void everyStateCanBeAskedFor() {
    finished(api.post("/v1/tasks", INVENTORY).header("Location"));

    for (TaskState any : TaskState.values()) {
      String state = any.word();
      Reply page = api.get("/v1/tasks?per_page=100&status=" + state);
      assertThat(page.status()).isEqualTo(200);
      page.json().get("tasks").forEach(t -> assertThat(t.get("status").asText()).isEqualTo(state));
    }
    assertThat(api.get("/v1/tasks?status=complete&namespace=csv_processing").json().get("tasks"))
        .isNotEmpty();
    assertThat(api.get("/v1/tasks?namespace=nobody").json().get("tasks")).isEmpty();
  }

  @Test
  void templatesAreThereWithTheirDefinition() {
    assertThat(api.get("/v1/templates").json().get("templates")).isNotEmpty();
    Reply template = api.get("/v1/templates/csv_processing/csv_product_inventory_analyzer");
    assertThat(template.at("/input_schema/required/0")).isEqualTo("csv_file_path");
    assertThat(template.at("/definition/namespace_name")).isEqualTo("csv_processing");
    assertThat(api.get("/v1/templates/csv_processing/csv_product_inventory_analyzer/1.0.0").json())
        .isEqualTo(template.json());
  }

  static Reply finished(String location) {
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> api.get(location), reply -> !reply.at("/completed_at").equals("null"));
  }
}
