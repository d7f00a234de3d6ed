package io.bactrian.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  @Test
  void exponentialDelaysDoubleUpToTheLongest() {
    assertThat(RetryPolicy.STANDARD.delayAfter(1, 0)).isEqualTo(Duration.ofSeconds(1));
    assertThat(RetryPolicy.STANDARD.delayAfter(3, 0)).isEqualTo(Duration.ofSeconds(4));
    assertThat(RetryPolicy.STANDARD.delayAfter(6, 0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryPolicy.STANDARD.delayAfter(1_000_000, 0)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void linearDelaysGrowByTheBaseAndNoneStays() {
    assertThat(policy(Backoff.LINEAR).delayAfter(3, 0)).isEqualTo(Duration.ofMillis(300));
    assertThat(policy(Backoff.NONE).delayAfter(3, 0)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void jitterMovesADelayByFifteenPercentAtMost() {
    assertThat(policy(Backoff.NONE).delayAfter(1, 1)).isEqualTo(Duration.ofMillis(115));
    assertThat(policy(Backoff.NONE).delayAfter(1, -1)).isEqualTo(Duration.ofMillis(85));
  }

  @Test
  void aHandlersWishIsCapped() {
    assertThat(RetryPolicy.STANDARD.capped(Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(RetryPolicy.STANDARD.capped(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
  }

  private static RetryPolicy policy(Backoff backoff) {
    return new RetryPolicy(true, 3, backoff, Duration.ofMillis(100), 2, Duration.ofSeconds(30));
  }
}
