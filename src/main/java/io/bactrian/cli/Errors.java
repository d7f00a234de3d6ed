package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure in one line on stderr, with {@code --json} also as a document on stdout, and with
 * a stack trace only what nobody foresaw.
 */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(Errors.class);
  private static final String JSON = "--json";

  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    Problem problem = Problem.of(failure);
    say(line.getErr(), problem);
    if (!problem.isForeseen()) {
      log.error("unforeseen failure", failure);
    }
    if (line.getParseResult() != null && line.getParseResult().hasMatchedOption(JSON)) {
      Report.json(line.getOut(), problem.toMap());
    }
    return problem.exitCode();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    Problem problem = Problem.usage(Usage.message(failure, Arrays.asList(arguments)));
    say(line.getErr(), problem);
    line.getErr().printf("see: %s --help%n", line.getCommandSpec().qualifiedName());
    if (Arrays.asList(arguments).contains(JSON)) {
      Report.json(line.getOut(), problem.toMap());
    }
    return ExitCode.USAGE;
  }

  static void say(PrintWriter err, Problem problem) {
    err.println("bactrian: " + Printable.lines(problem.message()));
  }

  static int exitCode(Throwable failure) {
    return Problem.of(failure).exitCode();
  }
}
