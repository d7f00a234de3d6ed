package io.bactrian.cli;

import io.bactrian.csv.CsvException;
import io.bactrian.csv.DialectGuess;
import io.bactrian.csv.Plan;
import io.bactrian.csv.RaggedRecords;
import io.bactrian.csv.Range;
import io.bactrian.json.Json;
import io.bactrian.template.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code plan FILE} says of a file. */
final class PlanReport {
  private final Plan plan;
  private final List<Range> ranges;
  private final DialectGuess guess;
  private final List<String> problems = new ArrayList<>();
  private Optional<RaggedRecords> ragged = Optional.empty();

  /**
   * @param columns the columns that somebody wants; empty = any
   */
  PlanReport(Plan plan, List<Range> ranges, List<String> columns) {
    this.plan = plan;
    this.ranges = ranges;
    this.guess = DialectGuess.of(plan.file());
    try {
      ragged = RaggedRecords.find(plan);
    } catch (CsvException e) {
      problems.add(e.getMessage());
    }
    for (String column : columns) {
      if (!plan.header().contains(column)) {
        problems.add(
            "column %s is missing%s".formatted(column, Nearest.hint(column, plan.header())));
      }
    }
  }

  Map<String, Object> document() {
    var document = new LinkedHashMap<String, Object>();
    document.put("file", plan.file().toString());
    document.put("size", plan.fingerprint().size());
    document.put("dialect", plan.dialect().toMap());
    document.put("guess", Map.of("dialect", guess.dialect().toMap(), "reasons", guess.reasons()));
    document.put("header", plan.header());
    document.put("records", plan.recordCount());
    document.put("longest_record_bytes", plan.longestRecord());
    document.put("ragged_records", ragged.map(RaggedRecords::count).orElse(0L));
    document.put("problems", problems);
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

  void print(PrintWriter out) {
    out.printf("file            %s%n", plan.file());
    out.printf("size            %d bytes%n", plan.fingerprint().size());
    out.printf("dialect         %s%n", Json.write(plan.dialect().toMap()));
    printGuess(out);
    out.printf("header          %s%n", String.join(", ", plan.header()));
    out.printf("records         %d%n", plan.recordCount());
    out.printf("longest record  %d bytes%n", plan.longestRecord());
    out.printf("ragged records  %s%n", ragged.map(PlanReport::tell).orElse("0"));
    problems.forEach(problem -> out.printf("problem         %s%n", problem));
    out.printf("ranges          %d%n", ranges.size());
    for (Range range : ranges) {
      out.printf(
          "  records [%d, %d)  bytes [%d, %d)%n",
          range.start(), range.end(), range.startOffset(), range.endOffset());
    }
  }

  private void printGuess(PrintWriter out) {
    Map<String, Object> guessed = guess.dialect().toMap();
    guess
        .reasons()
        .forEach(
            (part, reason) ->
                out.printf(
                    "%-14s  %s %s: %s%n",
                    part.equals("charset") ? "guess" : "", part, guessed.get(part), reason));
  }

  private static String tell(RaggedRecords ragged) {
    return "%d; the first is record %d at byte %d: found %d fields; allowed: %d"
        .formatted(
            ragged.count(), ragged.first(), ragged.offset(), ragged.fields(), ragged.columns());
  }
}
