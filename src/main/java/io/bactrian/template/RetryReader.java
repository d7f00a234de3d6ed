package io.bactrian.template;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the retry rules of a step, in either spelling. */
final class RetryReader {
  private final Problems problems;

  RetryReader(Problems problems) {
    this.problems = problems;
  }

  RetryPolicy read(Section step, Optional<Section> lifecycle) {
    Optional<Section> retry = step.section("retry", Keys.RETRY);
    RetryPolicy standard = RetryPolicy.STANDARD;
    Backoff backoff =
        retry
            .flatMap(r -> r.oneOf("backoff", List.of("exponential", "linear", "none"), List.of()))
            .map(word -> Backoff.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(standard.backoff());
    Duration base = millis(retry, "backoff_base_ms").orElse(standard.base());
    Duration max = millis(retry, "max_backoff_ms").orElse(standard.max());
    if (base.compareTo(max) > 0) {
      Node at =
          retry
              .flatMap(r -> r.node("backoff_base_ms").or(() -> r.node("max_backoff_ms")))
              .orElse(step.where());
      problems.add(
          at,
          "retry: backoff_base_ms is %d; allowed: at most max_backoff_ms, %d"
              .formatted(base.toMillis(), max.toMillis()));
    }
    return new RetryPolicy(
        retry.flatMap(r -> r.flag("retryable")).orElse(standard.retryable()),
        attempts(retry, lifecycle).orElse(standard.maxAttempts()),
        backoff,
        base,
        multiplier(retry, lifecycle, backoff).orElse(standard.multiplier()),
        max);
  }

  private static Optional<Duration> millis(Optional<Section> retry, String key) {
    return retry.flatMap(r -> r.integer(key, 0)).map(Duration::ofMillis);
  }

  private Optional<Integer> attempts(Optional<Section> retry, Optional<Section> lifecycle) {
    Optional<Integer> attempts = retry.flatMap(r -> r.integer("max_attempts", 1));
    Optional<Integer> fromRetries =
        lifecycle.flatMap(l -> l.integer("max_retries", 0)).map(retries -> retries + 1);
    bothSpellings(retry, "max_attempts", attempts, lifecycle, "max_retries", fromRetries);
    return attempts.or(() -> fromRetries);
  }

  private Optional<Double> multiplier(
      Optional<Section> retry, Optional<Section> lifecycle, Backoff backoff) {
    Optional<Double> multiplier = retry.flatMap(r -> r.number("multiplier", 1));
    Optional<Double> other = lifecycle.flatMap(l -> l.number("backoff_multiplier", 1));
    bothSpellings(retry, "multiplier", multiplier, lifecycle, "backoff_multiplier", other);
    if (backoff != Backoff.EXPONENTIAL) {
      Optional<Node> at =
          retry
              .flatMap(r -> r.node("multiplier"))
              .or(() -> lifecycle.flatMap(l -> l.node("backoff_multiplier")));
      at.ifPresent(
          node ->
              problems.add(
                  node,
                  "retry: a multiplier with backoff '%s'; allowed: only with exponential"
                      .formatted(backoff.name().toLowerCase(Locale.ROOT))));
    }
    return multiplier.or(() -> other);
  }

  private void bothSpellings(
      Optional<Section> retry,
      String key,
      Optional<?> value,
      Optional<Section> lifecycle,
      String otherKey,
      Optional<?> otherValue) {
    if (value.isPresent() && otherValue.isPresent()) {
      Spellings.check(
          problems,
          new Spellings.Said(key, retry.flatMap(r -> r.node(key)).orElseThrow(), value.get()),
          new Spellings.Said(
              otherKey, lifecycle.flatMap(l -> l.node(otherKey)).orElseThrow(), otherValue.get()));
    }
  }
}
