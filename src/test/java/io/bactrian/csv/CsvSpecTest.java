package io.bactrian.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.route.MapsFormat;
import io.bactrian.route.RecordsFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every case of the specification, read in every way there is. */
final class CsvSpecTest {
  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final Map<String, Function<Chunk, List<List<String>>>> WAYS =
      Map.of(
          "views",
          CsvSpecTest::views,
          "texts",
          CsvSpecTest::texts,
          "maps",
          CsvSpecTest::maps,
          "Java records",
          CsvSpecTest::javaRecords);

  @TempDir private Path folder;

  @Test
  void thereAreAtLeastAHundredAndFiftyCases() {
    assertThat(SpecCase.all()).hasSizeGreaterThanOrEqualTo(150);
  }

  @ParameterizedTest
  @ValueSource(strings = {"line-ends", "quotes"})
  void theRepetitiveCasesAreWhatTheirProgramPrints(String name) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "fixtures/CsvSpec.java",
                name)
            .redirectError(folder.resolve("err").toFile())
            .start();
    String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    program.waitFor();

    assertThat(printed).isNotEmpty();
    assertThat(Files.readString(SpecCase.FOLDER.resolve(name + ".yaml"))).contains(printed);
  }

  @ParameterizedTest
  @MethodSource("records")
  void everyWayReadsTheRecords(SpecCase spec) throws Exception {
    Path file = Files.write(folder.resolve("case.csv"), spec.bytes());

    assertThat(serial(file, spec.dialect())).as("serial").isEqualTo(spec.records());
    for (int block : List.of(1, 2, 3, 5, 8, 13, 64)) {
      Plan plan = plan(file, spec.dialect(), block);
      assertThat(plan.recordCount()).as("blocks of %d", block).isEqualTo(spec.records().size());
      assertThat(plan.header()).isEqualTo(spec.header());
      for (int workers : List.of(1, 3, 100)) {
        assertThat(ranges(plan, workers, CsvSpecTest::views)).as("views").isEqualTo(spec.records());
        assertThat(ranges(plan, workers, CsvSpecTest::texts)).as("texts").isEqualTo(spec.records());
      }
    }
    Plan plan = Planner.plan(file, spec.dialect());
    assertThat(ranges(plan, 2, CsvSpecTest::maps)).as("maps").isEqualTo(spec.records());
    if (spec.commonsCsvDiffers().isEmpty()) {
      assertThat(commonsCsv(spec)).as("commons-csv").isEqualTo(spec.records());
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void everyWayFindsTheError(SpecCase spec) throws Exception {
    Path file = Files.write(folder.resolve("case.csv"), spec.bytes());
    String error = spec.error().orElseThrow();

    for (Function<Chunk, List<List<String>>> way :
        List.<Function<Chunk, List<List<String>>>>of(CsvSpecTest::views, CsvSpecTest::maps)) {
      assertThatThrownBy(() -> ranges(Planner.plan(file, spec.dialect()), 2, way))
          .isInstanceOf(CsvException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining(error);
    }
    for (int block : List.of(1, 2, 3, 5, 8, 64)) {
      assertThatThrownBy(() -> ranges(plan(file, spec.dialect(), block), 1, CsvSpecTest::views))
          .as("blocks of %d", block)
          .hasMessageContaining(error);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void everyWayNamesTheMalformedByte(SpecCase spec) throws Exception {
    Path file = Files.write(folder.resolve("case.csv"), spec.bytes());
    String error =
        "%s: %s; allowed: text in the dialect's charset"
            .formatted(file, spec.error().orElseThrow());

    assertThatThrownBy(() -> CsvFile.forEach(file, spec.dialect(), 0, Long.MAX_VALUE, r -> {}))
        .as("serial")
        .hasMessage(error);
    WAYS.forEach(
        (name, way) -> {
          for (int workers : List.of(1, 3, 100)) {
            assertThatThrownBy(() -> ranges(Planner.plan(file, spec.dialect()), workers, way))
                .as("%s, %d workers", name, workers)
                .hasMessage(error);
          }
        });
    for (int window = 1; window <= spec.bytes().length; window++) {
      assertThat(Readings.views(spec.bytes(), spec.dialect(), window))
          .as("windows of %d bytes", window)
          .isEqualTo(Readings.serial(spec.bytes(), spec.dialect()));
    }
  }

  @Test
  void malformedBytesOutsideARangeAreNoError() throws Exception {
    byte[] bytes = "a\né\nb\né\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("case.csv"), bytes);
    Plan plan = Planner.plan(file, Dialect.rfc4180());
    var serial = new ArrayList<List<String>>();
    CsvFile.forEach(file, Dialect.rfc4180(), 2, 3, r -> serial.add(r.fields()));

    assertThat(serial).containsExactly(List.of("b"));
    WAYS.forEach((name, way) -> assertThat(range(plan, plan.range(2, 3), way)).as(name).hasSize(1));
  }

  static Stream<SpecCase> records() {
    return SpecCase.all().filter(spec -> spec.error().isEmpty());
  }

  static Stream<SpecCase> errors() {
    return SpecCase.all().filter(spec -> spec.error().isPresent());
  }

  static Stream<SpecCase> malformed() {
    return errors().filter(spec -> spec.name().startsWith("malformed.yaml"));
  }

  private static List<List<String>> serial(Path file, Dialect dialect) {
    var records = new ArrayList<List<String>>();
    CsvFile.forEach(file, dialect, 1, Long.MAX_VALUE, r -> records.add(r.fields()));
    return records;
  }

  private static Plan plan(Path file, Dialect dialect, int block) throws IOException {
    try (FileChannel channel = FileBytes.open(file)) {
      return Planner.plan(file, dialect, channel, block, 1);
    }
  }

  private static List<List<String>> ranges(
      Plan plan, int workers, Function<Chunk, List<List<String>>> way) {
    var records = new ArrayList<List<String>>();
    for (Range range : plan.ranges(1, workers)) {
      records.addAll(range(plan, range, way));
    }
    return records;
  }

  private static List<List<String>> range(
      Plan plan, Range range, Function<Chunk, List<List<String>>> way) {
    var records = new ArrayList<List<String>>();
    try (RangeReader reader = RangeReader.open(plan, range)) {
      for (Optional<Chunk> c = reader.next(2, 64); c.isPresent(); c = reader.next(2, 64)) {
        records.addAll(way.apply(c.get()));
        c.get().after();
      }
    }
    return records;
  }

  private static List<List<String>> views(Chunk chunk) {
    var records = new ArrayList<List<String>>();
    for (RecordView view : chunk.views()) {
      var fields = new ArrayList<String>();
      for (int i = 0; i < view.fieldCount(); i++) {
        fields.add(view.text(i));
      }
      records.add(fields);
    }
    return records;
  }

  private static List<List<String>> texts(Chunk chunk) {
    return chunk.records().stream().map(CsvRecord::fields).toList();
  }

  private static List<List<String>> maps(Chunk chunk) {
    try {
      Object maps = new MapsFormat().unmarshal(new DefaultExchange(CAMEL), chunk);
      var records = new ArrayList<List<String>>();
      for (Object map : (List<?>) maps) {
        records.add(((Map<?, ?>) map).values().stream().map(String::valueOf).toList());
      }
      return records;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** As many as there are, without a field. */
  private static List<List<String>> javaRecords(Chunk chunk) {
    Object records = new RecordsFormat(NoFields.class).unmarshal(new DefaultExchange(CAMEL), chunk);
    return ((List<?>) records).stream().map(r -> List.<String>of()).toList();
  }

  record NoFields() {}

  private static List<List<String>> commonsCsv(SpecCase spec) throws IOException {
    Readings.Reading all = Readings.commonsCsv(spec.bytes(), spec.dialect());
    assertThat(all.fault()).isEmpty();
    return spec.dialect().header() ? all.records().subList(1, all.records().size()) : all.records();
  }
}
