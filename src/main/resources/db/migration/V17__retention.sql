-- Finished tasks leave after a time. First a task's own row goes, and with it everything by which readers find the
-- task; a receipt takes its place in the same transaction. The rows of its steps, which nobody finds any more, follow
-- in small deletes.

create table task_receipts (
  task_uuid uuid primary key,
  namespace text not null,
  name text not null,
  version text not null,
  state text not null check (state in ('complete', 'cancelled', 'resolved_manually', 'error')),
  identity text,
  superseded_by uuid,
  idempotency_key text,
  rerun_of uuid,
  priority int not null,
  tags text[] not null,
  correlation_id text,
  parent_correlation_id text,
  initiator text not null,
  reason text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  completed_at timestamptz not null,
  steps_total int not null check (steps_total >= 0),
  steps_failed int not null check (steps_failed >= 0),
  steps_done int not null check (steps_done >= 0),
  rows_total bigint not null,
  rows_done bigint not null,
  rows_rejected bigint not null,
  result json,
  result_sha256 text,
  pruned_at timestamptz not null default engine_now(),
  steps_left boolean not null default true,
  check (result is null or result_sha256 is not null)
);
comment on table task_receipts is 'What stays of a finished task that has left: one row each, for ever.';
comment on column task_receipts.identity is 'As in tasks: a submission of the same identity is answered with this task.';
comment on column task_receipts.result is 'The task''s result as compact JSON, if it is small.';
comment on column task_receipts.result_sha256 is 'SHA-256 of the result as compact JSON; null where the task ended without one, or ends in more than 1,000 steps.';
comment on column task_receipts.steps_left is 'Whether rows of its steps may still be there, to be deleted.';
create unique index task_receipts_identity on task_receipts (identity)
  where identity is not null and superseded_by is null;
create index task_receipts_steps_left on task_receipts (pruned_at) where steps_left;
create index task_receipts_newest on task_receipts (namespace, name, completed_at desc);

-- Steps outlive the row of their task for a while, and a task the one that it does again.
alter table workflow_steps drop constraint workflow_steps_task_uuid_fkey;
comment on column workflow_steps.task_uuid is 'No foreign key: the steps of a task that has left follow it in small deletes (task_receipts.steps_left).';
alter table tasks drop constraint tasks_rerun_of_fkey;
comment on column tasks.rerun_of is 'The task that this one does again; of one that has left there is a receipt.';
-- Without an index on created_by each deleted step would read the whole table, and an index would cost every claim.
alter table workflow_steps drop constraint workflow_steps_created_by_fkey;
comment on column workflow_steps.created_by is 'The step of the same task that created this one. No foreign key: it would need an index that every claim pays for.';

create index tasks_finished on tasks (template_id, completed_at) where completed_at is not null;
create index dead_letters_task on dead_letters (task_uuid);
create index dead_letters_step on dead_letters (step_uuid) where step_uuid is not null;
