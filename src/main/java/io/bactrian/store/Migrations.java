package io.bactrian.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schema of this program, and whether a database has it.
 *
 * <p>Most starts find a schema that is up to date. One query sees that, in less time than Flyway
 * takes to be loaded; whatever else it finds is Flyway's to judge.
 */
final class Migrations {
  private static final String FOLDER = "db/migration";

  private Migrations() {}

  private static final String THERE = "select to_regclass('flyway_schema_history') is not null";

  private static final String APPLIED =
      """
      select script || ' ' || coalesce(checksum::text, '') || ' ' || success
      from flyway_schema_history
      """;

  /**
   * Whether the database has exactly this program's schema: the same scripts, of the same content.
   */
  static boolean areApplied(JdbcClient jdbc) {
    if (!jdbc.sql(THERE).query(Boolean.class).single()) {
      return false;
    }
    List<String> applied = jdbc.sql(APPLIED).query(String.class).list();
    Set<String> own = own();
    return applied.size() == own.size() && own.containsAll(applied);
  }

  /**
   * Brings the schema up to date; several processes may do so at once.
   *
   * @throws org.flywaydb.core.api.FlywayException if the database has another one
   */
  static void apply(DataSource source) {
    // No pattern: also refuse a schema that a newer program has migrated further.
    Flyway.configure().dataSource(source).ignoreMigrationPatterns(new String[0]).load().migrate();
  }

  private static Set<String> own() {
    var own = new HashSet<String>();
    for (String script : scripts()) {
      own.add(script + " " + checksum(script) + " true");
    }
    return own;
  }

  /**
   * The names of this program's scripts; empty if they cannot be listed, and Flyway has to look.
   */
  static List<String> scripts() {
    URL folder = Migrations.class.getResource("/" + FOLDER);
    if (folder == null) {
      return List.of();
    }
    try {
      URLConnection connection = folder.openConnection();
      if (connection instanceof JarURLConnection jar) {
        return jar.getJarFile().stream()
            .map(ZipEntry::getName)
            .filter(name -> name.startsWith(FOLDER + "/") && name.endsWith(".sql"))
            .map(name -> name.substring(FOLDER.length() + 1))
            .toList();
      }
      try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
        return files.map(file -> String.valueOf(file.getFileName())).toList();
      }
    } catch (IOException | URISyntaxException e) {
      return List.of();
    }
  }

  /** As Flyway computes it: the CRC-32 of the lines without their ends. */
  private static int checksum(String script) {
    var crc = new CRC32();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                Migrations.class.getResourceAsStream("/" + FOLDER + "/" + script),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return (int) crc.getValue();
    } catch (IOException e) {
      throw new StoreException("migration %s cannot be read".formatted(script), e);
    }
  }
}
