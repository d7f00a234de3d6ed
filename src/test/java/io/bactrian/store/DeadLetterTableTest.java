package io.bactrian.store;

import static io.bactrian.store.Demo.ANNA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.json.Json;
import io.bactrian.task.DeadLetter;
import io.bactrian.task.DeadLetterReason;
import io.bactrian.task.DeadLetters;
import io.bactrian.task.Resolution;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Entries for tasks that need a person. */
final class DeadLetterTableTest {
  private final Demo demo = new Demo();
  private final DeadLetterTable letters = demo.deadLetters;

  @AfterEach
  void close() {
    demo.close();
  }

  @Test
  void manyFailuresOfATaskAreOneEntryThatShowsThemAll() {
    var workers = demo.claimWorkers(3, "continue_on_failure");
    demo.fail(workers.get(0));
    assertThat(all()).singleElement().extracting(l -> l.step().orElse("")).isEqualTo("work_1");
    demo.fail(workers.get(1));
    demo.complete(workers.get(2));

    DeadLetter letter = all().get(0);
    assertThat(all()).hasSize(1);
    assertThat(letter.reason()).isEqualTo(DeadLetterReason.MAX_RETRIES_EXCEEDED);
    assertThat(letter.detail())
        .isEqualTo("step work_1 is in error: attempt 1 of 3 failed: row 7 is bad");
    var snapshot = Json.MAPPER.valueToTree(letter.snapshot());
    assertThat(snapshot.at("/status").asText()).isEqualTo("blocked_by_failures");
    assertThat(snapshot.at("/failed_steps").asInt()).isEqualTo(2);
    assertThat(snapshot.at("/context/file").asText()).isEqualTo("x");
    assertThat(snapshot.at("/steps")).hasSize(6);
    assertThat(snapshot.at("/steps/1/name").asText()).isEqualTo("work_2");
    assertThat(snapshot.at("/steps/1/error/message").asText()).isEqualTo("row 7 is bad");
  }

  @Test
  void theEntryIsSettledWhenTheTaskEnds() {
    demo.fail(demo.claimOne());
    assertThat(all().get(0).resolution()).isEqualTo(Resolution.PENDING);
    demo.verbs().retry(demo.task, ANNA);
    demo.workOff();

    DeadLetter letter = all().get(0);
    assertThat(letter.resolution()).isEqualTo(Resolution.MANUALLY_RESOLVED);
    assertThat(letter.resolvedBy()).contains("test");
    assertThat(letter.resolvedAt()).isPresent();
  }

  @Test
  void anEntryByHandHasItsActorAndReason() {
    DeadLetter letter = letters.put(demo.task, ANNA);

    assertThat(letter.reason()).isEqualTo(DeadLetterReason.MANUAL_DLQ);
    assertThat(letter.detail()).isEqualTo("the feed is mended");
    assertThat(letters.put(demo.task, ANNA).uuid()).as("one at a time").isEqualTo(letter.uuid());
    assertThatThrownBy(() -> letters.put(UUID.randomUUID(), ANNA))
        .isInstanceOf(UnknownTarget.class);
  }

  @Test
  void prioritiesResolutionsAndNotesCanBeChanged() {
    UUID uuid = letters.put(demo.task, ANNA).uuid();

    letters.update(uuid, change(Optional.empty(), Optional.of(5), Optional.of("look here")), ANNA);
    DeadLetter letter =
        letters.update(
            uuid,
            change(Optional.of(Resolution.PERMANENTLY_FAILED), Optional.empty(), Optional.empty()),
            ANNA);

    assertThat(letter.priority()).isEqualTo(5);
    assertThat(letter.resolution()).isEqualTo(Resolution.PERMANENTLY_FAILED);
    assertThat(letter.resolvedBy()).contains("user:anna");
    assertThat(letter.notes().lines())
        .containsExactly(
            "user:anna: look here - the feed is mended", "user:anna: the feed is mended");
    assertThatThrownBy(
            () ->
                letters.update(
                    UUID.randomUUID(),
                    change(Optional.empty(), Optional.of(1), Optional.empty()),
                    ANNA))
        .isInstanceOf(UnknownTarget.class);
  }

  @Test
  void aSettledEntryIsNotPendingAgainBesideANewerOne() {
    UUID first = letters.put(demo.task, ANNA).uuid();
    letters.update(first, change(Optional.of(Resolution.CANCELLED)), ANNA);
    letters.put(demo.task, ANNA);

    assertThatThrownBy(() -> letters.update(first, change(Optional.of(Resolution.PENDING)), ANNA))
        .isInstanceOf(VerbRefused.class);
  }

  @Test
  void entriesOfHighPriorityComeFirstThenTheOldest() {
    UUID manual = letters.put(demo.task, ANNA).uuid();
    demo.fail(demo.claimOne());
    assertThat(all().get(0).uuid()).isEqualTo(manual);
    UUID failed = all().get(1).uuid();
    letters.update(failed, change(Optional.empty(), Optional.of(1), Optional.empty()), ANNA);

    assertThat(all()).extracting(DeadLetter::uuid).containsExactly(failed, manual);
    assertThat(
            letters.list(
                new DeadLetters.Selection(
                    Optional.of(Resolution.PENDING),
                    Optional.of(DeadLetterReason.MANUAL_DLQ),
                    Optional.empty(),
                    1)))
        .extracting(DeadLetter::uuid)
        .containsExactly(manual);
  }

  @Test
  void theStatsCountThem() {
    UUID manual = letters.put(demo.task, ANNA).uuid();
    demo.fail(demo.claimOne());
    letters.update(manual, change(Optional.of(Resolution.CANCELLED)), ANNA);

    DeadLetters.Stats stats = letters.stats();

    assertThat(stats.byResolution())
        .isEqualTo(Map.of(Resolution.PENDING, 1L, Resolution.CANCELLED, 1L));
    assertThat(stats.pendingByReason())
        .isEqualTo(Map.of(DeadLetterReason.MAX_RETRIES_EXCEEDED, 1L));
    assertThat(stats.oldestPending()).isPresent();
  }

  private static DeadLetters.Change change(Optional<Resolution> resolution) {
    return change(resolution, Optional.empty(), Optional.empty());
  }

  private static DeadLetters.Change change(
      Optional<Resolution> resolution, Optional<Integer> priority, Optional<String> note) {
    return new DeadLetters.Change(resolution, priority, note);
  }

  private List<DeadLetter> all() {
    return letters.list(
        new DeadLetters.Selection(Optional.empty(), Optional.empty(), Optional.empty(), 100));
  }
}
