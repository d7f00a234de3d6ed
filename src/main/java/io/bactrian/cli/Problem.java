package io.bactrian.cli;

import io.bactrian.access.KeyRefused;
import io.bactrian.csv.CsvException;
import io.bactrian.step.DatabaseAway;
import io.bactrian.step.PermanentFailure;
import io.bactrian.store.StoreException;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.InvalidContext;
import io.bactrian.task.StepNotNamed;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import io.bactrian.template.TemplateChanged;
import io.bactrian.template.TemplateException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParameterException;

/**
 * A failure as the command line tells it; code and shape are those of the API's errors.
 *
 * @param code what kind of failure
 * @param message what was found and what is allowed
 * @param details each problem, where there are several
 * @param exitCode how the program ends
 * @param isForeseen whether anybody has thought of it
 */
record Problem(String code, String message, List<?> details, int exitCode, boolean isForeseen) {

  static Problem of(Throwable failure) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    if (failure instanceof ServerRefused refused) {
      return new Problem(refused.code(), message, refused.details(), refused.exitCode(), true);
    }
    if (failure instanceof NothingThere nothing) {
      return of(nothing.code(), message, ExitCode.NOTHING_THERE);
    }
    if (failure instanceof UnknownTarget unknown) {
      return of(unknown.isPruned() ? "pruned" : "not_found", message, ExitCode.NOTHING_THERE);
    }
    if (failure instanceof ParameterException) {
      return of("usage", message, ExitCode.USAGE);
    }
    if (failure instanceof InvalidContext) {
      return of("invalid_context", message, ExitCode.USAGE);
    }
    if (failure instanceof PermanentFailure || failure instanceof StepNotNamed) {
      return of("invalid_request", message, ExitCode.USAGE);
    }
    return failed(failure, message);
  }

  static Problem usage(String message) {
    return of("usage", message, ExitCode.USAGE);
  }

  private static Problem failed(Throwable failure, String message) {
    if (failure instanceof VerbRefused) {
      return of("not_possible", message, ExitCode.FAILED);
    }
    if (failure instanceof DuplicateTask) {
      return of("duplicate_task", message, ExitCode.FAILED);
    }
    if (failure instanceof TemplateException || failure instanceof TemplateChanged) {
      return of("invalid_template", message, ExitCode.FAILED);
    }
    if (failure instanceof CsvException || failure instanceof UncheckedIOException) {
      return of("unreadable", message, ExitCode.FAILED);
    }
    if (failure instanceof StoreException || failure instanceof DatabaseAway) {
      return of("database", message, ExitCode.FAILED);
    }
    if (failure instanceof KeyRefused || failure instanceof IllegalArgumentException) {
      return of("invalid_request", message, ExitCode.FAILED);
    }
    return new Problem("internal_error", message, List.of(), ExitCode.FAILED, false);
  }

  private static Problem of(String code, String message, int exitCode) {
    return new Problem(code, message, List.of(), exitCode, true);
  }

  Map<String, Object> toMap() {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("message", message);
    error.put("details", details);
    return Map.of("error", error);
  }
}
