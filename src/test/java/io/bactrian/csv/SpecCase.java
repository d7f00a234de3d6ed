package io.bactrian.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One case of {@code csv-spec/*.yaml}: bytes in a dialect, and the records or the error they are.
 */
record SpecCase(
    String name,
    Dialect dialect,
    String hex,
    List<String> header,
    List<List<String>> records,
    Optional<String> error,
    Optional<String> commonsCsvDiffers) {
  static final Path FOLDER = Path.of("src/test/resources/csv-spec");

  static Stream<SpecCase> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList().stream().flatMap(SpecCase::read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<SpecCase> read(Path file) {
    try {
      var load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      List<?> cases = (List<?>) load.loadFromString(Files.readString(file));
      return cases.stream().map(c -> of(file.getFileName() + ": ", (Map<?, ?>) c));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SpecCase of(String file, Map<?, ?> found) {
    return new SpecCase(
        file + found.get("name"),
        Dialect.fromMap(strings(Objects.requireNonNull(found.get("dialect")))),
        hex(found),
        found.get("header") instanceof List<?> header ? texts(header) : List.of(),
        found.get("records") instanceof List<?> records
            ? records.stream().map(r -> texts((List<?>) r)).toList()
            : List.of(),
        Optional.ofNullable(found.get("error")).map(String::valueOf),
        Optional.ofNullable(found.get("commons_csv_differs")).map(String::valueOf));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> strings(Object map) {
    return (Map<String, Object>) map;
  }

  private static String hex(Map<?, ?> found) {
    return found.get("hex") == null
        ? HexFormat.of()
            .formatHex(String.valueOf(found.get("text")).getBytes(StandardCharsets.UTF_8))
        : String.valueOf(found.get("hex"));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  private static List<String> texts(List<?> list) {
    return list.stream().map(String::valueOf).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
