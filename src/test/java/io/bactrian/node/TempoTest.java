package io.bactrian.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TempoTest {
  private final Tempo tempo = new Tempo(2);

  @Test
  void nothingIsClaimedAheadBeforeStepsAreKnownToBeShort() {
    assertThat(tempo.ahead()).isZero();
    tempo.took(Duration.ofMillis(5));
    assertThat(tempo.ahead()).isZero();
  }

  @Test
  void asManyWaitAsTheSlotsBeginSoon() {
    take(20, Duration.ofMillis(10));
    assertThat(tempo.ahead()).isBetween(19, 20);
    take(20, Duration.ofNanos(1));
    assertThat(tempo.ahead()).isEqualTo(32);
  }

  @Test
  void oneLongStepIsEnoughToClaimNothingAhead() {
    take(20, Duration.ofMillis(10));
    tempo.took(Duration.ofHours(1));
    assertThat(tempo.ahead()).isZero();
  }

  @Test
  void manySlotsWithLongStepsClaimNothingAhead() {
    var many = new Tempo(64);
    assertThat(many.ahead()).isZero();
    many.took(Duration.ofHours(1));
    assertThat(many.ahead()).isZero();
  }

  @Test
  void afterAStepThatWaitedTooLongNothingIsClaimedAhead() {
    take(20, Duration.ofMillis(10));
    tempo.slow();
    assertThat(tempo.ahead()).isZero();
  }

  private void take(int steps, Duration each) {
    for (int i = 0; i < steps; i++) {
      tempo.took(each);
    }
  }
}
