package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers about a task that a serving node has let go. */
final class PrunedTasksTest {
  @TempDir private Path home;

  @Test
  void aServingNodeLetsFinishedTasksLeaveAndAnswersWithTheirReceipts() {
    try (var node =
        new ApiNode(home, Map.of("bactrian.retention", "1s", "bactrian.poll", "20ms"))) {
      ApiClient api = node.client();
      String once = ApiTest.INVENTORY.replaceFirst("\\{", "{\"idempotency_key\": \"k-1\", ");
      String location = api.post("/v1/tasks", once).header("Location");

      Reply left =
          await()
              .atMost(Duration.ofMinutes(2))
              .until(() -> api.get(location), reply -> reply.json().at("/receipt").isObject());

      assertThat(left.status()).isEqualTo(200);
      assertThat(left.at("/status")).isEqualTo("complete");
      assertThat(left.at("/execution_status")).isEqualTo("all_complete");
      assertThat(left.json().at("/rows_done").asInt()).isEqualTo(1000);
      assertThat(left.json().at("/total_steps").asInt()).isEqualTo(7);
      assertThat(left.json().get("context")).isEmpty();
      assertThat(left.at("/receipt/result/total_inventory_value")).isEqualTo("161613510.32");
      assertThat(left.at("/receipt/result_sha256")).hasSize(64);
      assertThat(api.get("/v1/tasks").json().get("tasks")).isEmpty();
      for (String below :
          List.of(
              "/workflow_steps", "/progress", "/history", "/graph", "/rejects", "/rejects/file")) {
        Reply gone = api.get(location + below);
        assertThat(gone.status()).as(below).isEqualTo(410);
        assertThat(gone.at("/error/code")).isEqualTo("pruned");
      }
      assertThat(api.post(location + "/rerun").status()).isEqualTo(410);
      Reply again = api.post("/v1/tasks", once);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.json()).isEqualTo(left.json());
      assertThat(
              api.post("/v1/tasks", once.replaceFirst("\\{", "{\"on_duplicate\": \"reject\", "))
                  .status())
          .isEqualTo(409);
    }
  }
}
