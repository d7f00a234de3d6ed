package io.bactrian.store;

import io.bactrian.json.Json;
import io.bactrian.template.Mode;
import io.bactrian.template.TaskTemplate;
import io.bactrian.template.TemplateBook;
import io.bactrian.template.TemplateChanged;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The table {@code task_templates}: one row for each content of a version. */
public final class TemplateTable implements TemplateBook {
  private static final int REVISION_LENGTH = 8;

  private final Database database;

  public TemplateTable(Database database) {
    this.database = database;
  }

  private static final String REVISIONS =
      """
      select revision from task_templates
      where namespace = :namespace and name = :name and version = :version
        and (:hash = '' or content_hash = :hash)
      order by template_id
      """;

  @Override
  public TaskTemplate settle(TaskTemplate template, Mode mode) {
    return database.commit(
        Fact.KEEP_TEMPLATE,
        () -> {
          lock(template);
          String hash = template.contentHash();
          Optional<String> known = revisions(template, hash).stream().findFirst();
          boolean isFirst = revisions(template, "").isEmpty();
          if (known.isEmpty() && !isFirst && mode == Mode.PRODUCTION) {
            throw new TemplateChanged(template.reference());
          }
          TaskTemplate settled =
              template.withRevision(
                  known.orElse(isFirst ? "" : hash.substring(0, REVISION_LENGTH)));
          keep(settled);
          return settled;
        });
  }

  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtextextended(:reference, 10))";

  private void lock(TaskTemplate template) {
    database.jdbc().sql(LOCK).param("reference", template.reference()).query((row, n) -> 0).list();
  }

  private List<String> revisions(TaskTemplate template, String hash) {
    return database
        .jdbc()
        .sql(REVISIONS)
        .param("namespace", template.namespace())
        .param("name", template.name())
        .param("version", template.version())
        .param("hash", hash)
        .query(String.class)
        .list();
  }

  private static final String KEEP =
      """
      insert into task_templates (namespace, name, version, revision, content_hash, definition)
      values (:namespace, :name, :version, :revision, :hash, cast(:definition as json))
      on conflict do nothing
      """;

  private static final String FIND =
      """
      select template_id from task_templates
      where namespace = :namespace and name = :name and version = :version
        and revision = :revision and content_hash = :hash
      """;

  /** Makes true: the content is known under the template's revision. */
  long keep(TaskTemplate template) {
    return database.commit(
        Fact.KEEP_TEMPLATE,
        () -> {
          Optional<Long> known = find(template);
          if (known.isPresent()) {
            return known.get();
          }
          database
              .jdbc()
              .sql(KEEP)
              .param("namespace", template.namespace())
              .param("name", template.name())
              .param("version", template.version())
              .param("revision", template.revision())
              .param("hash", template.contentHash())
              .param("definition", definition(template))
              .update();
          return find(template).orElseThrow(() -> new TemplateChanged(template.reference()));
        });
  }

  private Optional<Long> find(TaskTemplate template) {
    return database
        .jdbc()
        .sql(FIND)
        .param("namespace", template.namespace())
        .param("name", template.name())
        .param("version", template.version())
        .param("revision", template.revision())
        .param("hash", template.contentHash())
        .query(Long.class)
        .optional();
  }

  /** The content as it can be read again; a version like 1.10 is no number there. */
  private static String definition(TaskTemplate template) {
    var definition = new LinkedHashMap<>(template.definition());
    definition.put("version", template.version());
    return Json.write(definition);
  }

  private static final String PINNED =
      """
      select p.namespace || '/' || p.name || '@' || p.version as reference, p.revision, p.definition
      from task_templates p
      where exists (
          select 1 from tasks t where t.template_id = p.template_id and t.completed_at is null)
        and not p.namespace || '/' || p.name || '/' || p.version
          || case p.revision when '' then '' else '~' || p.revision end
          = any(cast(:paths as text[]))
      order by p.template_id
      """;

  @Override
  public List<Pinned> pinned(Collection<String> paths) {
    return database.read(
        () ->
            database
                .jdbc()
                .sql(PINNED)
                .param("paths", SqlArrays.texts(paths))
                .query(
                    (row, n) ->
                        new Pinned(
                            row.getString("reference"),
                            row.getString("revision"),
                            row.getString("definition")))
                .list());
  }
}
