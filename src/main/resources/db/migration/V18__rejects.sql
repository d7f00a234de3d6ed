-- Records that could not be processed are set aside in the transaction of the chunk they stood in, if their step allows it.

create table rejects (
  step_uuid uuid not null references workflow_steps on delete cascade,
  ordinal bigint not null check (ordinal >= 1),
  byte_offset bigint not null check (byte_offset >= 0),
  record bytea not null,
  reason text not null,
  created_at timestamptz not null default engine_now(),
  primary key (step_uuid, ordinal)
);
comment on table rejects is 'Records set aside by batch workers with on_bad_row: reject; as many as their checkpoints count.';
comment on column rejects.ordinal is 'The record''s ordinal in the planned file, from 1.';
comment on column rejects.byte_offset is 'Where its first byte stands in the file.';
comment on column rejects.record is 'Its bytes as they stand in the file, the line end included.';
comment on column rejects.reason is 'What was found in it, and what was allowed.';

create table reject_budgets (
  task_uuid uuid not null references tasks on delete cascade,
  template_step text not null,
  max_rejects bigint not null check (max_rejects >= 0),
  rejected bigint not null default 0 check (rejected >= 0),
  primary key (task_uuid, template_step)
);
comment on table reject_budgets is 'One row for each worker template with max_rejects. A chunk that sets records aside locks it; claims do not, so it is apart from worker_limits.';
