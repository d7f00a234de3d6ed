package io.bactrian.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folders of one test: those of its routes and templates, and a home that is thrown away. */
final class Folders implements AutoCloseable {
  private static final String CLASS_PATH = "classpath:";

  private final Path home;
  private final List<String> templates = new ArrayList<>();
  private final List<String> routes = new ArrayList<>();
  private int written;

  Folders() {
    try {
      this.home = Files.createTempDirectory("bactrian-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path home() {
    return home;
  }

  String templates() {
    return String.join(",", templates);
  }

  String routes() {
    return String.join(",", routes);
  }

  void addTemplates(String folder) {
    templates.add(folder(folder).toString());
  }

  void addRoutes(String folder) {
    routes.add(folder(folder).toString());
  }

  void writeTemplate(String yaml) {
    templates.add(write(yaml, ".yaml"));
  }

  void writeRoutes(String yaml) {
    routes.add(write(yaml, ".camel.yaml"));
  }

  private String write(String yaml, String suffix) {
    try {
      Path folder = Files.createDirectory(home.resolve("given-" + ++written));
      Files.writeString(folder.resolve("given-" + written + suffix), yaml);
      return folder.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder(String name) {
    Path folder = name.startsWith(CLASS_PATH) ? onClassPath(name) : Path.of(name);
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "%s is no folder; allowed: a path from %s, or classpath:folder"
              .formatted(name, Path.of("").toAbsolutePath()));
    }
    return folder.toAbsolutePath();
  }

  private static Path onClassPath(String name) {
    URL found =
        Thread.currentThread()
            .getContextClassLoader()
            .getResource(name.substring(CLASS_PATH.length()));
    if (found == null || !found.getProtocol().equals("file")) {
      throw new IllegalArgumentException(name + " is no folder of the class path");
    }
    try {
      return Path.of(found.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
