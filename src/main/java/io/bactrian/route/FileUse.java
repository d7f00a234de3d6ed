package io.bactrian.route;

import io.bactrian.template.StepTemplate;
import io.bactrian.template.StepType;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.WorkerRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a batchable step and its workers do with a delimited file, as far as the template and the
 * handlers that ship tell. Nothing is started to find out.
 *
 * @param step the batchable step
 * @param isKnown whether its handler is one that ships, so that the file is divided by {@code
 *     limits}
 * @param limits how it divides the file
 * @param readers the step itself and its worker templates
 */
public record FileUse(
    StepTemplate step, boolean isKnown, BatchLimits limits, List<Reader> readers) {

  /**
   * Who reads the header or the records.
   *
   * @param step the step
   * @param needs its columns; empty when neither the template nor a handler that ships tells them
   */
  public record Reader(StepTemplate step, Optional<NeededColumns> needs) {

    /** What is known to be wrong with a header for this step. */
    public List<String> problems(List<String> header) {
      var problems = new ArrayList<String>();
      needs.ifPresent(columns -> problems.addAll(columns.problems(header)));
      if (step.type() == StepType.BATCH_WORKER && step.worker().rows().equals(WorkerRules.MAPS)) {
        problems.addAll(twins(header));
      }
      return problems;
    }

    /** Maps hold every column, so that each name may stand once, whoever needs it. */
    private static List<String> twins(List<String> header) {
      return header.stream()
          .distinct()
          .filter(name -> Collections.frequency(header, name) > 1)
          .map("column %s stands twice; allowed: different names, or rows: views"::formatted)
          .toList();
    }
  }

  /**
   * The batchable steps of a template, without those that divide the rows of a table.
   *
   * @param shipped the columns of handlers that ship, by callable
   */
  public static List<FileUse> of(TaskTemplate template, Map<String, NeededColumns> shipped) {
    return template.steps().stream()
        .filter(step -> step.type() == StepType.BATCHABLE)
        .filter(step -> !bean(step).equals(TableAnalyzer.NAME))
        .map(step -> of(template, step, shipped))
        .toList();
  }

  private static FileUse of(
      TaskTemplate template, StepTemplate step, Map<String, NeededColumns> shipped) {
    var readers = new ArrayList<Reader>();
    boolean plain = bean(step).equals(CsvAnalyzer.NAME);
    Optional<NeededColumns> needs = Optional.ofNullable(shipped.get(bean(step)));
    if (!plain) {
      readers.add(new Reader(step, needs));
    }
    for (StepTemplate worker : WorkerTemplates.of(template, step)) {
      readers.add(new Reader(worker, needs(worker, shipped)));
    }
    return new FileUse(
        step,
        plain || needs.isPresent(),
        BatchLimits.OF_FILES.with(step.initialization()),
        List.copyOf(readers));
  }

  private static Optional<NeededColumns> needs(
      StepTemplate worker, Map<String, NeededColumns> shipped) {
    String rows = worker.worker().rows();
    return rows.indexOf('.') < 0
        ? Optional.ofNullable(shipped.get(bean(worker)))
        : Optional.of(new RecordColumns(type(rows)));
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, FileUse.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a valid template names a record: " + name, e);
    }
  }

  /** The bean of a callable that is one, in whichever spelling; else the callable. */
  private static String bean(StepTemplate step) {
    return step.callable().startsWith("bean:")
        ? step.callable().substring("bean:".length()).replaceFirst("\\?.*", "")
        : step.callable();
  }
}
