-- What the REST pages ask for often.
create index workflow_steps_batchable on workflow_steps (task_uuid) where type = 'batchable';
create index tasks_of_template on tasks (template_id, created_at desc);
create index tasks_by_state on tasks (state, created_at desc);
