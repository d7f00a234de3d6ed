package io.bactrian.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.ApiNode;
import io.bactrian.api.ApiClient.Reply;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing keys; on a node of its own, because it ends with an address that is shut out. */
final class WrongKeysTest {
  @TempDir private Path home;

  @Test
  void wrongKeysAreRefusedAndAfterTenTheAddressMustWait() {
    try (var node = new ApiNode(home, Map.of("bactrian.api.keys", "always"));
        var keys = new Keys(node)) {
      ApiClient api = node.client();
      List<String> wrong = List.of("bk_", "bk_" + "A".repeat(43), "x".repeat(200), "bk_éé");
      for (int i = 0; i < FailedLogins.MOST; i++) {
        Reply reply =
            i % 2 == 0
                ? api.with("X-API-Key", "bk_" + "B".repeat(42) + i).get("/v1/tasks")
                : api.post("/v1/session", "{\"key\": \"%s\"}".formatted(wrong.get(i / 2 % 4)));
        assertThat(reply.status()).as("try %d: %s", i, reply.json()).isEqualTo(401);
      }

      Reply shut = api.withKey(keys.with("*")).get("/v1/tasks");
      Reply login = api.post("/v1/session", "{\"key\": \"bk_x\"}");

      assertThat(shut.status()).isEqualTo(429);
      assertThat(login.status()).isEqualTo(429);
      assertThat(Integer.parseInt(shut.header("Retry-After"))).isBetween(1, 60);
    }
  }
}
