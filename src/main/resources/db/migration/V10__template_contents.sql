-- One version of a template may have several contents, in development: a running task keeps the one it was made from.

alter table task_templates add column revision text not null default '';
comment on column task_templates.revision is 'Empty for the first content of a version, else the beginning of content_hash; part of the ids of its routes.';
alter table task_templates drop constraint task_templates_namespace_name_version_key;
alter table task_templates
  add constraint task_templates_revision unique (namespace, name, version, revision),
  add constraint task_templates_content unique (namespace, name, version, content_hash);
