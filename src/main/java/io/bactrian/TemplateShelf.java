package io.bactrian;

import io.bactrian.route.StepRoutes;
import io.bactrian.template.Catalog;
import io.bactrian.template.Loaded;
import io.bactrian.template.Mode;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateBook;
import io.bactrian.template.TemplateException;
import io.bactrian.template.TemplateLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts templates into use: their content is kept, their routes exist, and the catalog has them.
 * Used by one thread at a time.
 */
final class TemplateShelf {
  private static final Logger log = LoggerFactory.getLogger(TemplateShelf.class);

  private final TemplateLoader loader;
  private final TemplateBook book;
  private final Mode mode;
  private final StepRoutes routes;
  private final Catalog catalog;

  TemplateShelf(
      TemplateLoader loader, TemplateBook book, Mode mode, StepRoutes routes, Catalog catalog) {
    this.loader = loader;
    this.book = book;
    this.mode = mode;
    this.routes = routes;
    this.catalog = catalog;
  }

  /**
   * Puts a template into use.
   *
   * @throws io.bactrian.template.TemplateChanged in production, if its version had another content
   */
  TaskTemplate add(Loaded loaded) {
    TaskTemplate template = settle(book, mode, loaded);
    if (!catalog.paths().contains(template.path())) {
      routes.add(template);
    }
    catalog.add(template);
    return template;
  }

  /** Settles the content of a template, and tells of one that replaces another. */
  static TaskTemplate settle(TemplateBook book, Mode mode, Loaded loaded) {
    TaskTemplate template = book.settle(loaded.template(), mode);
    if (!template.revision().isEmpty()) {
      log.warn(
          "template={} source={} has another content than this version had; new tasks run revision {}, running tasks keep theirs",
          template.reference(),
          loaded.source(),
          template.revision());
    }
    return template;
  }

  /** Puts the contents into use that unfinished tasks need and no file has any more. */
  void addPinned() {
    for (TemplateBook.Pinned pinned : book.pinned(catalog.paths())) {
      try {
        TaskTemplate template =
            loader
                .load("the kept content of " + pinned.reference(), pinned.text())
                .template()
                .withRevision(pinned.revision());
        routes.add(template);
        catalog.addPinned(template);
        log.info(
            "template={} revision={} kept for running tasks",
            pinned.reference(),
            pinned.revision());
      } catch (TemplateException e) {
        log.error("template={} tasks of it are left alone: {}", pinned.reference(), e.getMessage());
      }
    }
  }
}
