-- The control plane: what can run, what was asked, what became of it.
-- States and their rules stand here as CHECKs; every state change is also a row of *_transitions.

create table engine_clock (
  single boolean primary key default true check (single),
  shift interval not null default interval '0'
);
comment on table engine_clock is 'One row: how far engine_now() is ahead of the wall clock. Only tests move it.';
insert into engine_clock default values;

create function engine_now() returns timestamptz
  language sql volatile
  return (select clock_timestamp() + shift from engine_clock);
comment on function engine_now() is 'The only clock of leases, retries and deadlines.';

create table task_templates (
  template_id bigint generated always as identity primary key,
  namespace text not null,
  name text not null,
  version text not null,
  content_hash text not null,
  definition json not null,
  created_at timestamptz not null default engine_now(),
  unique (namespace, name, version)
);

create table nodes (
  node_uuid uuid primary key,
  host text not null,
  pid bigint not null,
  started_at timestamptz not null default engine_now(),
  alive_until timestamptz not null
);
comment on column nodes.alive_until is 'Heartbeat: a node that has not moved this on is taken for dead.';

create table tasks (
  task_uuid uuid primary key,
  template_id bigint not null references task_templates,
  state text not null default 'pending' check (state in
    ('pending', 'steps_in_process', 'waiting_for_retry', 'paused', 'blocked_by_failures',
     'complete', 'cancelled', 'resolved_manually', 'error')),
  context json not null,
  base_folder text not null,
  owner_node uuid references nodes on delete set null,
  deadline_at timestamptz,
  created_at timestamptz not null default engine_now(),
  updated_at timestamptz not null default engine_now(),
  completed_at timestamptz,
  check ((state in ('complete', 'cancelled', 'resolved_manually', 'error')) = (completed_at is not null))
);
comment on column tasks.base_folder is 'Where relative paths of the context start: the working folder of the submitter.';
comment on column tasks.owner_node is 'The node that a run or resume started for this task; others leave it alone while that node lives.';
create index tasks_newest on tasks (created_at desc, task_uuid);
create index tasks_deadline on tasks (deadline_at) where completed_at is null and deadline_at is not null;

create table workflow_steps (
  step_uuid uuid primary key default gen_random_uuid(),
  task_uuid uuid not null references tasks on delete cascade,
  name text not null,
  template_step text not null,
  route_id text not null,
  type text not null check (type in
    ('standard', 'decision', 'batchable', 'batch_worker', 'deferred_convergence')),
  position int not null,
  batch_index int not null default -1,
  created_by uuid references workflow_steps on delete cascade,
  is_no_op boolean not null default false,
  state text not null default 'pending' check (state in
    ('pending', 'enqueued', 'in_progress', 'waiting_for_retry', 'complete', 'error',
     'resolved_manually', 'cancelled')),
  inputs json not null,
  results json,
  attempts int not null default 0 check (attempts >= 0),
  max_attempts int not null check (max_attempts >= 1),
  epoch int not null default 0,
  node_uuid uuid references nodes,
  lease_until timestamptz,
  next_retry_at timestamptz,
  created_at timestamptz not null default engine_now(),
  started_at timestamptz,
  completed_at timestamptz,
  unique (task_uuid, name),
  check ((type = 'batch_worker') = (batch_index >= 0)),
  check ((type = 'batch_worker') = (created_by is not null)),
  check ((state = 'in_progress') = (lease_until is not null)),
  check ((state = 'in_progress') = (node_uuid is not null)),
  check ((state = 'waiting_for_retry') = (next_retry_at is not null)),
  check ((state in ('complete', 'resolved_manually', 'cancelled')) = (completed_at is not null)),
  check (state <> 'complete' or results is not null)
);
comment on column workflow_steps.epoch is 'Fencing number: grows with each claim, carried by every write of the running step.';
comment on column workflow_steps.batch_index is 'Index of the cursor: the batch order. -1 for steps that are not workers.';
create index workflow_steps_order on workflow_steps (task_uuid, position, batch_index);
create index workflow_steps_ready on workflow_steps (created_at, batch_index) where state = 'enqueued';
create index workflow_steps_leased on workflow_steps (lease_until) where state = 'in_progress';
create index workflow_steps_retry on workflow_steps (next_retry_at) where state = 'waiting_for_retry';

create table step_edges (
  from_step uuid not null references workflow_steps on delete cascade,
  to_step uuid not null references workflow_steps on delete cascade,
  primary key (from_step, to_step)
);
create index step_edges_to on step_edges (to_step);

create table step_gates (
  step_uuid uuid primary key references workflow_steps on delete cascade,
  pending int not null check (pending >= 0),
  expected int not null default 0 check (expected >= 0)
) with (fillfactor = 50);
comment on table step_gates is 'How many parents a step still waits for. Narrow and half empty: updates stay in the page.';
comment on column step_gates.expected is 'How many worker results a convergence must fold; counted when the workers are created.';

create table task_gates (
  task_uuid uuid primary key references tasks on delete cascade,
  pending int not null check (pending >= 0),
  ready int not null default 0 check (ready >= 0),
  waiting int not null default 0 check (waiting >= 0),
  failed int not null default 0 check (failed >= 0),
  done int not null default 0 check (done >= 0)
) with (fillfactor = 50);
comment on table task_gates is 'Steps of a task by kind: pending; ready = enqueued or in progress; waiting for retry; failed; done. The task state is a function of this row.';

create table task_transitions (
  transition_id bigint generated always as identity primary key,
  task_uuid uuid not null references tasks on delete cascade,
  from_state text,
  to_state text not null,
  at timestamptz not null default engine_now(),
  actor text not null,
  reason text not null,
  check (case coalesce(from_state, 'none')
    when 'none' then to_state = 'pending'
    when 'pending' then to_state in
      ('steps_in_process', 'paused', 'cancelled', 'resolved_manually', 'error')
    when 'steps_in_process' then to_state in
      ('waiting_for_retry', 'paused', 'blocked_by_failures', 'complete', 'cancelled',
       'resolved_manually', 'error')
    when 'waiting_for_retry' then to_state in
      ('steps_in_process', 'paused', 'blocked_by_failures', 'complete', 'cancelled',
       'resolved_manually', 'error')
    when 'paused' then to_state in
      ('steps_in_process', 'waiting_for_retry', 'blocked_by_failures', 'complete', 'cancelled',
       'resolved_manually', 'error')
    when 'blocked_by_failures' then to_state in
      ('steps_in_process', 'waiting_for_retry', 'paused', 'complete', 'cancelled',
       'resolved_manually', 'error')
    else false
  end)
);
create index task_transitions_task on task_transitions (task_uuid, transition_id);

create table step_transitions (
  transition_id bigint generated always as identity primary key,
  step_uuid uuid not null references workflow_steps on delete cascade,
  from_state text,
  to_state text not null,
  epoch int not null,
  at timestamptz not null default engine_now(),
  actor text not null,
  reason text not null,
  check (case coalesce(from_state, 'none')
    when 'none' then to_state in ('pending', 'enqueued')
    when 'pending' then to_state in ('enqueued', 'cancelled')
    when 'enqueued' then to_state in ('in_progress', 'cancelled')
    when 'in_progress' then to_state in
      ('complete', 'waiting_for_retry', 'error', 'enqueued', 'cancelled')
    when 'waiting_for_retry' then to_state in ('enqueued', 'cancelled')
    when 'error' then to_state in ('enqueued', 'resolved_manually', 'complete', 'cancelled')
    else false
  end)
);
create index step_transitions_step on step_transitions (step_uuid, transition_id);

create table plans (
  plan_id bigint generated always as identity primary key,
  path text not null,
  size bigint not null check (size >= 0),
  head_crc bigint not null,
  tail_crc bigint not null,
  modified_nanos bigint not null,
  dialect json not null,
  header json not null,
  record_count bigint not null check (record_count >= 0),
  data_start bigint not null,
  data_end bigint not null,
  longest_record bigint not null,
  record_index bytea not null,
  created_at timestamptz not null default engine_now(),
  check (data_start <= data_end and data_end <= size)
);

create table step_plans (
  step_uuid uuid primary key references workflow_steps on delete cascade,
  plan_id bigint not null references plans
);
comment on table step_plans is 'Which plan the workers of a batchable step read by.';

create table checkpoints (
  step_uuid uuid primary key references workflow_steps on delete cascade,
  epoch int not null,
  position bigint not null,
  byte_offset bigint not null,
  partial json not null,
  records_read bigint not null check (records_read >= 0),
  records_written bigint not null check (records_written >= 0),
  records_filtered bigint not null check (records_filtered >= 0),
  records_rejected bigint not null check (records_rejected >= 0),
  updated_at timestamptz not null default engine_now(),
  check (records_read = records_written + records_filtered + records_rejected)
) with (fillfactor = 50);
comment on table checkpoints is 'The committed position of a range and its partial result: one row, overwritten.';
