package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.json.Json;
import io.bactrian.step.StepLease;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** What a claim costs does not grow with the ready steps that it must leave alone, or may take. */
final class ClaimCostTest {
  private static final int MANY = 20_000;
  private static final int PAGES = 2_000;

  private final TestControlPlane plane = new TestControlPlane();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void readyStepsOfOthersCostNothing() {
    UUID paused = withWorkers(Optional.empty());
    plane
        .sql
        .sql("update tasks set state = 'paused' where task_uuid = :task")
        .param("task", paused)
        .update();
    UUID owned = withWorkers(Optional.empty());
    UUID owner = UUID.randomUUID();
    plane.nodes.register(owner, "there", 2, Duration.ofHours(1));
    plane.tasks.adopt(List.of(owned), owner);
    withWorkers(Optional.of(2));
    plane.claim(2);
    plane.submit();
    plane.sql.sql("vacuum analyze").update();

    assertThat(pages(8)).isLessThan(PAGES);
    assertThat(plane.claim(8)).extracting(StepLease::name).containsExactly("plan");
    assertThat(plane.claim(8)).isEmpty();
    assertThat(pages(8)).isLessThan(PAGES);
  }

  @Test
  void aBatchOfManyReadyWorkersCostsTheBatch() {
    withWorkers(Optional.empty());
    plane.sql.sql("vacuum analyze").update();

    assertThat(pages(8)).isLessThan(PAGES);
    assertThat(plane.claim(8))
        .extracting(StepLease::name)
        .startsWith("work_1", "work_2")
        .hasSize(8);
  }

  private UUID withWorkers(Optional<Integer> maxParallel) {
    UUID task = plane.submit();
    plane.outcomes.complete(
        plane.claimOne(), Map.of(), TestControlPlane.workers(MANY, maxParallel));
    return task;
  }

  /** Pages that a claim touches, by PostgreSQL's own count; it is rolled back. */
  private long pages(int most) {
    String plan =
        new TransactionTemplate(plane.database.transactions())
            .execute(
                status -> {
                  status.setRollbackOnly();
                  return explain(most);
                });
    JsonNode node = Json.readTree(Objects.requireNonNull(plan)).get(0).get("Plan");
    return node.get("Shared Hit Blocks").asLong() + node.get("Shared Read Blocks").asLong();
  }

  private String explain(int most) {
    return plane
        .database
        .jdbc()
        .sql("explain (analyze, buffers, format json) " + LeaseTable.CLAIM)
        .param("routes", SqlArrays.texts(TestControlPlane.ROUTES))
        .param("limited", false)
        .param("tasks", new String[0])
        .param("node", plane.node)
        .param("ttl", 6000)
        .param("most", most)
        .param("permits", most)
        .param("actor", "test")
        .query(String.class)
        .single();
  }
}
