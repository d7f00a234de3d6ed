package io.bactrian.step;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.CsvReadException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells what a failure means; Camel wraps what a handler threw, so all causes are looked at. */
final class Failures {
  private Failures() {}

  /** The first of the causes that is of a type, outermost first. */
  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return causes(failure).stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  static Optional<Duration> retryAfter(Throwable failure) {
    return find(failure, RetryableFailure.class).flatMap(RetryableFailure::retryAfter);
  }

  static StepError describe(Throwable failure) {
    boolean permanent =
        find(failure, PermanentFailure.class).isPresent()
            || find(failure, CsvException.class).isPresent();
    Throwable telling = telling(failure);
    String message = telling.getMessage();
    return new StepError(
        telling.getClass().getSimpleName(),
        message == null ? telling.getClass().getName() : message,
        !permanent);
  }

  /** The cause worth telling: ours if there is one, else the innermost. */
  private static Throwable telling(Throwable failure) {
    List<Throwable> causes = causes(failure);
    return causes.stream()
        .filter(c -> c instanceof PermanentFailure || c instanceof RetryableFailure)
        .findFirst()
        .or(() -> find(failure, CsvException.class).map(c -> c))
        .or(() -> find(failure, CsvReadException.class).map(c -> c))
        .orElse(causes.get(causes.size() - 1));
  }

  private static List<Throwable> causes(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var causes = new ArrayList<Throwable>();
    for (Throwable c = failure; c != null && seen.add(c); c = c.getCause()) {
      causes.add(c);
    }
    return causes;
  }
}
