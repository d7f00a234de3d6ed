package io.bactrian.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.store.TestControlPlane;
import io.bactrian.template.Catalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connection breaks between the commit of the ends of steps and its answer. */
final class LostAnswerTest {
  private static final Checkpoint END = new Checkpoint(5, 9, Map.of("n", 1), 4, 4, 0, 0);

  private final TestControlPlane plane = new TestControlPlane();
  private final List<String> told = new ArrayList<>();
  private final List<Answered> answered = new ArrayList<>();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void stepsThatAreCompleteInTheDatabaseAreToldOfAsComplete() {
    StepRunner runner = answeredByWorkers(2);

    runner.complete(answered);

    assertThat(told).containsExactly("4 written", "COMPLETE", "4 written", "COMPLETE");
    assertThat(plane.claim(9)).extracting(StepLease::name).containsExactly("total");
  }

  @Test
  void aStepThatFailedUnderTheSameLeaseAndWasCompletedByHandIsNot() {
    StepRunner runner = answeredByWorkers(1);
    plane.outcomes.fail(answered.get(0).step().lease(), new StepError("Timeout", "late", true));
    plane
        .sql
        .sql(
            "update workflow_steps set state = 'complete', completed_at = engine_now()"
                + " where state = 'error'")
        .update();

    runner.complete(answered);

    assertThat(told).containsExactly("LEASE_LOST");
  }

  private StepRunner answeredByWorkers(int count) {
    plane.submit();
    plane.outcomes.complete(
        plane.claimOne(), Map.of(), TestControlPlane.workers(count, Optional.empty()));
    var books = new FakeBooks(done -> {});
    var runner =
        new StepRunner(
            new StepRunner.Books(plane.leases, new AnswerLostOnce(plane.outcomes), books, books),
            new Catalog(),
            (lease, result) -> NewWorkers.NONE,
            new Told());
    runner.open(
        "r/work",
        step -> {
          step.endWith(END);
          return Map.of();
        });
    plane.claim(count).forEach(lease -> runner.run(lease, answered::add));
    return runner;
  }

  /** Loses the first answer. */
  private static final class AnswerLostOnce implements Outcomes {
    private final Outcomes outcomes;
    private boolean lost;

    AnswerLostOnce(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @Override
    public Set<UUID> completeAll(Collection<Done> done) {
      Set<UUID> complete = outcomes.completeAll(done);
      if (!lost) {
        lost = true;
        throw new DatabaseAway(new IllegalStateException("the connection broke"));
      }
      return complete;
    }

    @Override
    public void complete(StepLease lease, Map<String, Object> result, Expansion created) {
      outcomes.complete(lease, result, created);
    }

    @Override
    public void retryLater(StepLease lease, StepError error, Duration delay) {
      outcomes.retryLater(lease, error, delay);
    }

    @Override
    public void fail(StepLease lease, StepError error) {
      outcomes.fail(lease, error);
    }
  }

  /** Writes down what a listener is told. */
  private final class Told implements AttemptListener {
    @Override
    public void checkpointed(RunningStep step, Advance advance) {
      told.add(advance.written() + " written");
    }

    @Override
    public void ended(StepLease lease, AttemptEnd end) {
      told.add(end.name());
    }
  }
}
