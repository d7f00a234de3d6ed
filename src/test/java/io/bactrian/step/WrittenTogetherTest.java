package io.bactrian.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.template.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Answers of several steps that wait to be written. */
final class WrittenTogetherTest {
  private static final String ROUTE = "r/work";

  private final List<Answered> answered = new ArrayList<>();

  /** The first task's answer can neither be written nor be reported: no template is known. */
  @Test
  void whatCannotBeWrittenKeepsNoOtherTaskFromBeingWritten() {
    var books =
        new FakeBooks(
            done -> {
              if (done.iterator().next().lease().taskUuid().equals(new UUID(0, 1))) {
                throw new IllegalStateException("the disk is full");
              }
            });
    StepRunner runner = answeredBy(books, LongStream.rangeClosed(1, 4));

    runner.complete(answered);

    assertThat(books.completed).hasSize(3);
    assertThat(runner.running()).isEmpty();
  }

  @Test
  void whileTheNodeDrainsADatabaseThatIsAwayIsAskedOnce() {
    var asked = new AtomicInteger();
    var books =
        new FakeBooks(
            done -> {
              asked.incrementAndGet();
              throw new DatabaseAway(new IllegalStateException("away"));
            });
    StepRunner runner = answeredBy(books, LongStream.of(1, 1, 1));
    runner.drain();

    runner.complete(answered);

    assertThat(asked).hasValue(1);
    assertThat(books.released).isEmpty();
    assertThat(runner.running()).isEmpty();
  }

  private StepRunner answeredBy(FakeBooks books, LongStream tasks) {
    var runner =
        new StepRunner(
            books.books(), new Catalog(), (lease, result) -> NewWorkers.NONE, AttemptListener.NONE);
    runner.open(ROUTE, step -> Map.of());
    tasks.forEach(
        task -> runner.run(WorkerLease.of(new UUID(0, task), UUID.randomUUID()), answered::add));
    assertThat(runner.running()).hasSameSizeAs(answered);
    assertThat(runner.busy()).isZero();
    return runner;
  }
}
