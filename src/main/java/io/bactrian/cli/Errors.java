package io.bactrian.cli;

import io.bactrian.access.KeyRefused;
import io.bactrian.csv.CsvException;
import io.bactrian.step.DatabaseAway;
import io.bactrian.step.PermanentFailure;
import io.bactrian.store.StoreException;
import io.bactrian.task.DuplicateTask;
import io.bactrian.task.InvalidContext;
import io.bactrian.task.UnknownTarget;
import io.bactrian.task.VerbRefused;
import io.bactrian.template.TemplateChanged;
import io.bactrian.template.TemplateException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Tells a failure in one line, with a stack trace only for what nobody foresaw. */
final class Errors implements IExecutionExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(Errors.class);

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    String message = failure.getMessage();
    line.getErr().println("bactrian: " + (message == null ? failure.toString() : message));
    if (!isForeseen(failure)) {
      log.error("unforeseen failure", failure);
    }
    return exitCode(failure);
  }

  private static boolean isForeseen(Throwable failure) {
    return failure instanceof StoreException
        || failure instanceof DatabaseAway
        || failure instanceof TemplateException
        || failure instanceof TemplateChanged
        || failure instanceof InvalidContext
        || failure instanceof DuplicateTask
        || failure instanceof CsvException
        || failure instanceof NothingThere
        || failure instanceof UncheckedIOException
        || failure instanceof UnknownTarget
        || failure instanceof VerbRefused
        || failure instanceof PermanentFailure
        || failure instanceof KeyRefused
        || failure instanceof IllegalArgumentException;
  }

  static int exitCode(Throwable failure) {
    if (failure instanceof NothingThere || failure instanceof UnknownTarget) {
      return ExitCode.NOTHING_THERE;
    }
    boolean usage =
        failure instanceof CommandLine.ParameterException
            || failure instanceof InvalidContext
            || failure instanceof PermanentFailure;
    return usage ? ExitCode.USAGE : ExitCode.FAILED;
  }
}
