package io.bactrian;

import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the user's template folders in development mode: added and changed files can be run
 * without a restart. A file with errors is told of, once for each change, and changes nothing.
 */
final class TemplateWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TemplateWatch.class);

  private final List<Path> folders;
  private final TemplateLoader loader;
  private final TemplateShelf shelf;
  private final Runnable changed;
  private final Map<Path, String> seen = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var made = new Thread(task, "bactrian-templates");
            made.setDaemon(true);
            return made;
          });

  /**
   * @param changed called when a template has been put into use
   */
  TemplateWatch(List<Path> folders, TemplateLoader loader, TemplateShelf shelf, Runnable changed) {
    this.folders = folders;
    this.loader = loader;
    this.shelf = shelf;
    this.changed = changed;
  }

  /** Begins to look; what is there already counts as seen. */
  TemplateWatch start(Duration every) {
    files().forEach(seen::put);
    thread.scheduleWithFixedDelay(
        this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void look() {
    try {
      files()
          .forEach(
              (file, stamp) -> {
                if (!stamp.equals(seen.put(file, stamp))) {
                  load(file);
                }
              });
    } catch (RuntimeException e) {
      log.error("the template folders cannot be read: {}", e.getMessage());
    }
  }

  private void load(Path file) {
    try {
      TaskTemplate template = shelf.add(loader.load(file));
      changed.run();
      log.info("template={} source={} can be run now", template.reference(), file);
    } catch (RuntimeException e) {
      log.error("source={} is not in use: {}", file, e.getMessage());
    }
  }

  private Map<Path, String> files() {
    var files = new HashMap<Path, String>();
    for (Path folder : folders) {
      try (Stream<Path> found = Files.walk(folder)) {
        found
            .filter(f -> f.toString().endsWith(".yaml") || f.toString().endsWith(".yml"))
            .forEach(file -> files.put(file, stamp(file)));
      } catch (IOException e) {
        throw new IllegalStateException(folder + ": " + e, e);
      }
    }
    return files;
  }

  private static String stamp(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size();
    } catch (IOException e) {
      return "gone";
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
