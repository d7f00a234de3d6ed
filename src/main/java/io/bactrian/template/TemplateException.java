package io.bactrian.template;

import java.util.List;
import java.util.stream.Collectors;

/** A template file cannot be used; the message lists all its problems, one a line. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient List<Problem> problems;

  public TemplateException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
