package io.bactrian.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.checkpoint.Checkpoint;
import io.bactrian.template.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Answers of several steps that wait to be written. */
final class WrittenTogetherTest {
  private static final String ROUTE = "r/work";

  private static final Checkpoint END = new Checkpoint(5, 9, Map.of("n", 1), 4, 4, 0, 0);

  private final List<Answered> answered = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

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

  /** Three of one task cannot be written together, the last not even alone. */
  @Test
  void aCheckpointWrittenWithTheEndIsToldOfOnceAndOnlyIfItIsWritten() {
    var given = new ArrayList<Optional<Checkpoint>>();
    var books =
        new FakeBooks(
            done -> {
              if (done.size() > 1 || given.size() == 2) {
                throw new IllegalStateException("the disk is full");
              }
              done.forEach(one -> given.add(one.last()));
            });
    StepRunner runner = answeredBy(books, LongStream.of(1, 1, 1), WrittenTogetherTest::endWithIt);
    assertThat(told).as("nothing is written yet").isEmpty();

    runner.complete(answered);

    assertThat(given).containsExactly(Optional.of(END), Optional.of(END));
    assertThat(told).containsExactly("4 written", "COMPLETE", "4 written", "COMPLETE");
  }

  @Test
  void aCheckpointWhoseLeaseIsGoneIsNotToldOf() {
    var books = new FakeBooks(done -> {});
    StepRunner runner = answeredBy(books, LongStream.of(1, 1), WrittenTogetherTest::endWithIt);
    books.lost.add(answered.get(0).step().uuid());

    runner.complete(answered);

    assertThat(told).containsExactly("LEASE_LOST", "4 written", "COMPLETE");
  }

  private static Map<String, Object> endWithIt(RunningStep step) {
    step.endWith(END);
    return Map.of();
  }

  private StepRunner answeredBy(FakeBooks books, LongStream tasks) {
    return answeredBy(books, tasks, step -> Map.of());
  }

  private StepRunner answeredBy(FakeBooks books, LongStream tasks, StepRunner.Route route) {
    var runner =
        new StepRunner(
            books.books(), new Catalog(), (lease, result) -> NewWorkers.NONE, new Told());
    runner.open(ROUTE, route);
    tasks.forEach(
        task -> runner.run(WorkerLease.of(new UUID(0, task), UUID.randomUUID()), answered::add));
    assertThat(runner.running()).hasSameSizeAs(answered);
    assertThat(runner.busy()).isZero();
    return runner;
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
