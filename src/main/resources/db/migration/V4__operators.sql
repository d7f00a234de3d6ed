-- What operators need: fail_fast, repairs of single steps, dead letters, reruns, who serves what.

alter table workflow_steps
  add column fail_fast boolean not null default false,
  add column folds_parents boolean not null default false,
  add column attempts_forgiven int not null default 0 check (attempts_forgiven >= 0);
comment on column workflow_steps.fail_fast is 'Whether the error of this step cancels its siblings (failure_strategy).';
comment on column workflow_steps.folds_parents is 'Whether it is a convergence that folds the results of all its parents, not those of workers.';
comment on column workflow_steps.attempts_forgiven is 'Attempts before the last reset: max_attempts - attempts_forgiven is the step''s budget.';
create index workflow_steps_failed on workflow_steps (task_uuid) where state = 'error';

-- A step that fail_fast cancelled comes back when what failed is mended.
alter table step_transitions drop constraint step_transitions_check;
alter table step_transitions add constraint step_transitions_check check (
  case coalesce(from_state, 'none')
    when 'none' then to_state in ('pending', 'enqueued')
    when 'pending' then to_state in ('enqueued', 'cancelled')
    when 'enqueued' then to_state in ('in_progress', 'cancelled')
    when 'in_progress' then to_state in
      ('complete', 'waiting_for_retry', 'error', 'enqueued', 'cancelled')
    when 'waiting_for_retry' then to_state in ('enqueued', 'cancelled')
    when 'error' then to_state in ('enqueued', 'resolved_manually', 'complete', 'cancelled')
    when 'cancelled' then to_state in ('pending', 'enqueued')
    else false
  end);

alter table tasks
  add column rerun_of uuid references tasks on delete set null,
  add column watched_until timestamptz;
comment on column tasks.rerun_of is 'The task that this one does again.';
comment on column tasks.watched_until is 'Before this time nobody need look whether the task still moves.';
create index tasks_open on tasks (task_uuid) where completed_at is null;
create index tasks_rerun_of on tasks (rerun_of) where rerun_of is not null;

create table node_routes (
  node_uuid uuid not null references nodes on delete cascade,
  route_id text not null,
  primary key (route_id, node_uuid)
);
comment on table node_routes is 'The step routes that a serving node has; nodes that work for their own tasks only stand not here.';
create index node_routes_node on node_routes (node_uuid);

create table dead_letters (
  dead_letter_uuid uuid primary key default gen_random_uuid(),
  task_uuid uuid not null references tasks on delete cascade,
  step_uuid uuid references workflow_steps on delete set null,
  reason text not null check (reason in
    ('staleness_timeout', 'max_retries_exceeded', 'dependency_cycle_detected', 'worker_unavailable',
     'manual_dlq')),
  detail text not null,
  snapshot json not null,
  resolution text not null default 'pending' check (resolution in
    ('pending', 'manually_resolved', 'recovered', 'permanently_failed', 'cancelled')),
  priority int not null default 0,
  notes text not null default '',
  actor text not null,
  created_at timestamptz not null default engine_now(),
  updated_at timestamptz not null default engine_now(),
  resolved_at timestamptz,
  resolved_by text,
  check ((resolution = 'pending') = (resolved_at is null)),
  check ((resolved_at is null) = (resolved_by is null))
);
comment on table dead_letters is 'Tasks that need a person, and why. At most one pending entry a task and reason.';
comment on column dead_letters.step_uuid is 'The step it began with, if it was one.';
comment on column dead_letters.snapshot is 'Task and steps as they were; results are left out.';
create unique index dead_letters_pending on dead_letters (task_uuid, reason)
  where resolution = 'pending';
create index dead_letters_order on dead_letters (priority desc, created_at, dead_letter_uuid);
