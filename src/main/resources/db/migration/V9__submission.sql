-- Who submitted a task and why, which tasks are the same, and whose turn it is.

alter table tasks
  add column identity text,
  add column superseded_by uuid,
  add column idempotency_key text,
  add column priority int not null default 0 check (priority between -1000 and 1000),
  add column tags text[] not null default '{}',
  add column correlation_id text,
  add column parent_correlation_id text,
  add column initiator text not null default 'unknown',
  add column reason text not null default '';
comment on column tasks.identity is 'SHA-256 of what makes the task the same as another; null = same as none.';
comment on column tasks.superseded_by is 'The task that was submitted anew with the same identity, because this one had failed.';
create unique index tasks_identity on tasks (identity) where identity is not null and superseded_by is null;
create index tasks_correlation on tasks (correlation_id) where correlation_id is not null;

-- Self-clocked fair queueing (Golestani 1994). Each step gets a turn when it is created: the turn of what runs now,
-- plus the cost of a step of its task, for the n-th worker n times that. Steps run in the order of their turns. So
-- tasks share what runs, whatever the number of their workers; each level of priority doubles a task's share; and
-- whoever waits moves forward with every step that begins.
alter table workflow_steps add column turn double precision not null default 0;
comment on column workflow_steps.turn is 'Place in the fair order of all steps; smaller runs first.';

create function turn_cost(priority int) returns double precision
  language sql immutable
  return power(2::double precision, -least(20, greatest(-20, priority)));

create function turn_now() returns double precision
  language sql stable
  return coalesce(
    (select max(turn) from workflow_steps where state = 'in_progress'),
    (select min(head.turn - turn_cost(t.priority))
     from tasks t cross join lateral (
       select s.turn from workflow_steps s
       where s.task_uuid = t.task_uuid and s.state = 'enqueued' and not s.limited
       order by s.turn limit 1) head
     where t.state = 'steps_in_process'),
    0);
comment on function turn_now() is 'The turn of what runs now; of what would run next when nothing does.';

drop index workflow_steps_ready;
create index workflow_steps_ready on workflow_steps (task_uuid, turn, created_at, batch_index)
  where state = 'enqueued' and not limited;
