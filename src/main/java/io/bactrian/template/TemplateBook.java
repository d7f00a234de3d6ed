package io.bactrian.template;

import java.util.Collection;
import java.util.List;

/** Keeps the contents of templates, so that running tasks keep theirs. Thread safe. */
public interface TemplateBook {

  /**
   * Makes true: the content of this template is known.
   *
   * @return the template under the revision that its content has
   * @throws TemplateChanged in production, if its version has another content already
   */
  TaskTemplate settle(TaskTemplate template, Mode mode);

  /** The contents of unfinished tasks, apart from those with these paths. */
  List<Pinned> pinned(Collection<String> paths);

  /**
   * A content that an unfinished task needs.
   *
   * @param reference {@code namespace/name@version}
   * @param revision which content of the version
   * @param text the content as JSON, which is YAML
   */
  record Pinned(String reference, String revision, String text) {}
}
