package io.bactrian.cli;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.Plan;
import io.bactrian.csv.RaggedRecords;
import io.bactrian.csv.Range;
import io.bactrian.route.BatchLimits;
import io.bactrian.template.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code plan FILE} says of a file that could be planned. */
final class PlanReport {
  private final GuessReport guess;
  private final Plan plan;
  private final BatchLimits limits;
  private final Optional<TemplateUse> template;
  private final List<Range> ranges;
  private final List<String> problems = new ArrayList<>();
  private Optional<RaggedRecords> ragged = Optional.empty();
  private boolean isRead;

  /**
   * @param limits how the file is divided
   * @param columns the columns that somebody wants; empty = any
   * @param template the template that somebody wants to run on the file
   */
  PlanReport(
      GuessReport guess,
      Plan plan,
      BatchLimits limits,
      List<String> columns,
      Optional<TemplateUse> template) {
    this.guess = guess;
    this.plan = plan;
    this.limits = limits;
    this.template = template;
    this.ranges = plan.ranges(limits.batchSize(), limits.maxWorkers());
    try {
      ragged = RaggedRecords.find(plan);
      isRead = true;
    } catch (CsvException e) {
      problems.add(e.getMessage());
    }
    for (String column : columns) {
      if (!plan.header().contains(column)) {
        problems.add(
            "column %s is missing%s".formatted(column, Nearest.hint(column, plan.header())));
      }
    }
    template.ifPresent(use -> problems.addAll(use.problems(plan.header())));
  }

  Map<String, Object> document() {
    var document = new LinkedHashMap<>(guess.document());
    document.put("size", plan.fingerprint().size());
    document.put("header", plan.header());
    document.put("records", plan.recordCount());
    document.put("longest_record_bytes", plan.longestRecord());
    if (isRead) {
      document.put("ragged_records", ragged.map(RaggedRecords::count).orElse(0L));
    }
    template.ifPresent(use -> document.put("template", use.document(plan.header())));
    document.put("problems", problems);
    document.put("batch_size", limits.batchSize());
    document.put("max_workers", limits.maxWorkers());
    document.put("ranges", ranges.stream().map(PlanReport::cursor).toList());
    return document;
  }

  /** A range in the words of a worker's cursor. */
  private static Map<String, Object> cursor(Range range) {
    var cursor = new LinkedHashMap<String, Object>();
    cursor.put("start_cursor", range.start());
    cursor.put("end_cursor", range.end());
    cursor.put("batch_size", range.size());
    cursor.put("start_offset", range.startOffset());
    cursor.put("end_offset", range.endOffset());
    return cursor;
  }

  void print(Facts facts) {
    guess.print(facts);
    facts
        .add("size", "%d bytes".formatted(plan.fingerprint().size()))
        .add("header", String.join(", ", plan.header()))
        .add("records", String.valueOf(plan.recordCount()))
        .add("longest record", "%d bytes".formatted(plan.longestRecord()))
        .add("ragged records", tellRagged());
    template.ifPresent(use -> use.print(facts, plan.header()));
    problems.forEach(problem -> facts.add("problem", problem));
    facts.add(
        "ranges",
        "%d, by batch_size %d, max_workers %d"
            .formatted(ranges.size(), limits.batchSize(), limits.maxWorkers()));
    for (Range range : ranges) {
      facts
          .out()
          .printf(
              "  records [%d, %d)  bytes [%d, %d)%n",
              range.start(), range.end(), range.startOffset(), range.endOffset());
    }
  }

  private String tellRagged() {
    return isRead ? ragged.map(PlanReport::tell).orElse("0") : "not counted, see the problem";
  }

  private static String tell(RaggedRecords ragged) {
    return "%d; the first is record %d at byte %d: found %d fields; allowed: %d"
        .formatted(
            ragged.count(), ragged.first(), ragged.offset(), ragged.fields(), ragged.columns());
  }
}
