package io.bactrian.cli;

import io.bactrian.route.BatchLimits;
import io.bactrian.route.FileUse;
import io.bactrian.route.NeededColumns;
import io.bactrian.template.StepTemplate;
import io.bactrian.template.TaskTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A header against what a template does with the file.
 *
 * @param template the template
 * @param uses its steps that divide a file
 */
record TemplateUse(TaskTemplate template, List<FileUse> uses) {

  /** How the first of the steps divides the file. */
  Optional<BatchLimits> limits() {
    return uses.stream().findFirst().map(FileUse::limits);
  }

  /** What is wrong with the header, with the step that says so. */
  List<String> problems(List<String> header) {
    return readers()
        .flatMap(
            reader ->
                reader.problems(header).stream()
                    .map(problem -> "step %s: %s".formatted(reader.step().name(), problem)))
        .toList();
  }

  Map<String, Object> document(List<String> header) {
    var document = new LinkedHashMap<String, Object>();
    document.put("template", template.reference());
    document.put("divided_by", uses.stream().map(TemplateUse::divided).toList());
    document.put("read_by", readers().map(reader -> read(reader, header)).toList());
    further(header).ifPresent(columns -> document.put("further_columns", columns));
    return document;
  }

  private static Map<String, Object> divided(FileUse use) {
    var document = new LinkedHashMap<String, Object>();
    document.put("step", use.step().name());
    document.put("handler", use.step().callable());
    document.put("is_known", use.isKnown());
    document.put("batch_size", use.limits().batchSize());
    document.put("max_workers", use.limits().maxWorkers());
    return document;
  }

  private static Map<String, Object> read(FileUse.Reader reader, List<String> header) {
    var document = new LinkedHashMap<String, Object>();
    document.put("step", reader.step().name());
    document.put("handler", reader.step().callable());
    document.put("tells_its_columns", reader.needs().isPresent());
    document.put("problems", reader.problems(header));
    return document;
  }

  void print(Facts facts, List<String> header) {
    var lines = new ArrayList<>(List.of(template.reference()));
    if (uses.isEmpty()) {
      lines.add("no step of it divides a file; the ranges are those of the options");
    }
    uses.forEach(use -> lines.add(told(use)));
    readers().forEach(reader -> lines.add(told(reader, header)));
    further(header)
        .filter(columns -> !columns.isEmpty())
        .ifPresent(c -> lines.add("further columns, which no step needs: " + String.join(", ", c)));
    facts.add("template", lines);
  }

  private static String told(FileUse use) {
    String how =
        "step %s divides the file: batch_size %d, max_workers %d"
            .formatted(use.step().name(), use.limits().batchSize(), use.limits().maxWorkers());
    return use.isKnown()
        ? how
        : how + ", if its handler %s does as csvAnalyzer does".formatted(use.step().callable());
  }

  private static String told(FileUse.Reader reader, List<String> header) {
    StepTemplate step = reader.step();
    if (reader.needs().isEmpty()) {
      return "step %s: neither template nor handler %s tells its columns; not compared"
          .formatted(step.name(), step.callable());
    }
    return reader.problems(header).isEmpty()
        ? "step %s: the header has its columns".formatted(step.name())
        : "step %s: the header lacks something, see the problems".formatted(step.name());
  }

  /** Columns that nobody needs; empty when there is somebody who does not tell. */
  private Optional<List<String>> further(List<String> header) {
    List<Optional<NeededColumns>> needs = readers().map(FileUse.Reader::needs).toList();
    if (needs.isEmpty() || needs.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return Optional.of(
        header.stream()
            .filter(column -> needs.stream().noneMatch(n -> n.orElseThrow().needs(column)))
            .toList());
  }

  private Stream<FileUse.Reader> readers() {
    return uses.stream().flatMap(use -> use.readers().stream());
  }
}
