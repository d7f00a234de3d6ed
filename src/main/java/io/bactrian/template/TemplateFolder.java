package io.bactrian.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads all templates of some folders. */
public final class TemplateFolder {
  private TemplateFolder() {}

  /**
   * Reads every {@code *.yaml} and {@code *.yml} below the folders, in order of their names.
   *
   * @throws TemplateException with the problems of all files
   */
  public static List<Loaded> load(List<Path> folders, TemplateLoader loader) {
    var loaded = new ArrayList<Loaded>();
    var problems = new ArrayList<Problem>();
    Map<String, String> sources = new HashMap<>();
    for (Path folder : folders) {
      for (Path file : files(folder)) {
        try {
          Loaded template = loader.load(file);
          twice(sources, template).ifPresent(problems::add);
          loaded.add(template);
        } catch (TemplateException e) {
          problems.addAll(e.problems());
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new TemplateException(problems);
    }
    return loaded;
  }

  private static Optional<Problem> twice(Map<String, String> sources, Loaded loaded) {
    String reference = loaded.template().reference();
    String earlier = sources.putIfAbsent(reference, loaded.source());
    return earlier == null
        ? Optional.empty()
        : Optional.of(
            new Problem(
                loaded.source(),
                1,
                1,
                "template %s stands in %s too".formatted(reference, earlier)));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".yml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new TemplateException(
          List.of(
              new Problem(
                  folder.toString(),
                  1,
                  1,
                  "the template folder %s (setting bactrian.templates.dir)"
                      .formatted(
                          e instanceof NoSuchFileException
                              ? "does not exist"
                              : "cannot be read: " + e.getMessage()))));
    }
  }
}
