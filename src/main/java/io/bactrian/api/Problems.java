package io.bactrian.api;

import io.bactrian.step.PermanentFailure;
import io.bactrian.store.StoreException;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.InvalidContext;
import io.bactrian.task.StepNotNamed;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a failure means to the client; what nobody foresaw is logged and told to nobody. */
final class Problems {
  private static final Logger log = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  static Refusal of(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      Refusal known = known(cause);
      if (known != null) {
        return known;
      }
    }
    log.error("a request failed", failure);
    return Refusal.of(500, "internal_error", "the request failed; the log of the node says why");
  }

  private static @Nullable Refusal known(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof InvalidContext invalid) {
      return Refusal.of(400, "invalid_context", String.valueOf(invalid.getMessage()));
    }
    if (cause instanceof UnknownTarget unknown) {
      String message = String.valueOf(unknown.getMessage());
      return unknown.isPruned() ? Refusal.of(410, "pruned", message) : Refusal.notFound(message);
    }
    if (cause instanceof StepNotNamed several) {
      return Refusal.invalid(String.valueOf(several.getMessage()))
          .with(several.steps().stream().map(s -> Map.<String, Object>of("step", s)).toList());
    }
    if (cause instanceof VerbRefused refused) {
      return Refusal.conflict("not_possible", String.valueOf(refused.getMessage()));
    }
    if (cause instanceof DuplicateTask duplicate) {
      return Refusal.conflict("duplicate_task", String.valueOf(duplicate.getMessage()))
          .with("Location", "/v1/tasks/" + duplicate.existing());
    }
    if (cause instanceof PermanentFailure wrong) {
      return Refusal.invalid(String.valueOf(wrong.getMessage()));
    }
    if (cause instanceof StoreException || isNoConnection(cause)) {
      return busy("the database cannot be reached, or all its connections are in use");
    }
    return null;
  }

  /** The pool is in {@code store}; outside of it only the name of its failure is known. */
  private static boolean isNoConnection(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    return name.equals("CannotCreateTransactionException")
        || name.equals("CannotGetJdbcConnectionException")
        || name.equals("SQLTransientConnectionException");
  }

  static Refusal busy(String why) {
    return Refusal.of(503, "busy", why).with("Retry-After", "1");
  }
}
