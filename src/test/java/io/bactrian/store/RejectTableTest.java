package io.bactrian.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Reject;
import io.bactrian.checkpoint.RejectStore;
import io.bactrian.step.StepLease;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of records set aside, and how many may be. */
final class RejectTableTest {
  private final TestControlPlane plane = new TestControlPlane();
  private final UUID task = plane.submit();
  private final RejectTable rejects = new RejectTable(plane.database);

  @AfterEach
  void close() {
    plane.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 1L << 31, 3_000_000_000L, 1L << 32, Long.MAX_VALUE})
  void whatIsWithinTheLimitIsKeptHoweverLargeTheLimitIs(long most) {
    RejectStore.Worker worker = worker(most);

    assertThat(rejects.keep(worker, List.of(reject(1), reject(2)))).isEmpty();
    assertThat(rejects.keep(worker, List.of(reject(3)))).isEmpty();
    assertThat(kept()).isEqualTo(3);
  }

  @Test
  void whatIsMoreThanTheLimitIsNotKept() {
    RejectStore.Worker worker = worker(3);
    assertThat(rejects.keep(worker, List.of(reject(1), reject(2)))).isEmpty();

    assertThat(rejects.keep(worker, List.of(reject(3), reject(4), reject(5))))
        .contains(new RejectStore.TooMany(3, 1));
    assertThat(kept()).isEqualTo(2);
  }

  @Test
  void anyTextCanStandInAReason() {
    var odd = new Reject(1, 0, new byte[] {0, -1}, "found 'a\0b\ud83d\ude00\ud800{\"'");

    assertThat(rejects.keep(worker(1), List.of(odd))).isEmpty();
    assertThat(plane.sql.sql("select reason from rejects").query(String.class).single())
        .startsWith("found 'a\ufffdb\ud83d\ude00")
        .endsWith("{\"'");
  }

  private RejectStore.Worker worker(long most) {
    StepLease lease = plane.claimOne();
    plane.database.commit(Fact.CHECKPOINT, () -> rejects.limit(task, "plan", most));
    return new RejectStore.Worker(task, lease.stepUuid(), "plan");
  }

  private static Reject reject(long ordinal) {
    return new Reject(ordinal, 10 * ordinal, new byte[] {'x'}, "it is x");
  }

  private long kept() {
    return plane.sql.sql("select count(*) from rejects").query(Long.class).single();
  }
}
