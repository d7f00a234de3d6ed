package io.bactrian.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.step.Answered;
import io.bactrian.step.AttemptListener;
import io.bactrian.step.FakeBooks;
import io.bactrian.step.GivenResults;
import io.bactrian.step.NewWorkers;
import io.bactrian.step.RunningStep;
import io.bactrian.step.StepRunner;
import io.bactrian.step.WorkerLease;
import io.bactrian.template.Catalog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EndWriterTest {
  private final Semaphore written = new Semaphore(0);

  @Test
  void anErrorDoesNotEndTheWriting() throws InterruptedException {
    UUID bad = UUID.randomUUID();
    var books =
        new FakeBooks(
            done -> {
              if (done.iterator().next().lease().stepUuid().equals(bad)) {
                throw new StackOverflowError("deep");
              }
            });
    UUID good = UUID.randomUUID();
    try (EndWriter ends = writer(books)) {
      ends.start();
      ends.add(answered(bad));
      assertThat(written.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      ends.add(answered(good));
    }

    assertThat(books.completed).containsExactly(good);
  }

  @Test
  void whoeverComesWhenTooManyWaitWritesItselfAndClosingWritesTheOthers() {
    var books = new FakeBooks(done -> {});
    EndWriter ends = writer(books);
    for (int i = 0; i < 65; i++) {
      ends.add(answered(UUID.randomUUID()));
    }
    assertThat(books.completed).hasSize(1);
    assertThat(written.availablePermits()).as("told that others may be ready").isOne();
    ends.start();
    ends.close();
    ends.close();

    assertThat(books.completed).hasSize(65);
  }

  private EndWriter writer(FakeBooks books) {
    var runner =
        new StepRunner(
            books.books(), new Catalog(), (lease, result) -> NewWorkers.NONE, AttemptListener.NONE);
    return new EndWriter(runner, () -> false, some -> written.release());
  }

  private static Answered answered(UUID step) {
    var lease = WorkerLease.of(UUID.randomUUID(), step);
    return new Answered(new RunningStep(lease, new GivenResults(List.of())), Map.of(), Map.of());
  }
}
