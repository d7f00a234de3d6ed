-- What became of each attempt, how many workers of a kind may run at once, the cursor of a handler's own
-- checkpoint, and which nodes see the input of a task.

alter table workflow_steps
  add column claimed_at timestamptz,
  add column limited boolean not null default false;
comment on column workflow_steps.claimed_at is 'When the present, or else the last, attempt began.';
comment on column workflow_steps.limited is 'Whether worker_limits says how many steps of its kind may be in progress at once.';

create table step_attempts (
  step_uuid uuid not null references workflow_steps on delete cascade,
  epoch int not null,
  attempt int not null,
  node_uuid uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz not null default engine_now(),
  outcome text not null check (outcome in ('complete', 'failed', 'given_back', 'cancelled')),
  error json,
  primary key (step_uuid, epoch)
);
comment on table step_attempts is 'One row for each lease that has ended. given_back: released or lost, not counted as an attempt; the transition of the same epoch says why.';

create table worker_limits (
  task_uuid uuid not null references tasks on delete cascade,
  template_step text not null,
  max_parallel int not null check (max_parallel >= 1),
  in_progress int not null default 0 check (in_progress between 0 and max_parallel),
  primary key (task_uuid, template_step)
) with (fillfactor = 50);
comment on table worker_limits is 'One row for each worker template with max_parallel. A claim locks it first.';

create function step_attempt_ended() returns trigger language plpgsql as $$
begin
  insert into step_attempts (step_uuid, epoch, attempt, node_uuid, started_at, outcome, error)
  select o.step_uuid, o.epoch, o.attempts, o.node_uuid, o.claimed_at,
         case n.state when 'complete' then 'complete' when 'cancelled' then 'cancelled'
                      when 'enqueued' then 'given_back' else 'failed' end,
         case when n.state in ('waiting_for_retry', 'error') then n.results -> 'error' end
  from before_move o join after_move n using (step_uuid)
  where o.state = 'in_progress' and n.state <> 'in_progress';

  perform from worker_limits l
  where exists (
    select from after_move n
    where n.limited and n.task_uuid = l.task_uuid and n.template_step = l.template_step)
  order by l.task_uuid, l.template_step for update;
  if found then
    update worker_limits l set in_progress = l.in_progress + d.change
    from (
      select n.task_uuid, n.template_step,
             count(*) filter (where n.state = 'in_progress')
               - count(*) filter (where o.state = 'in_progress') as change
      from before_move o join after_move n using (step_uuid)
      where n.limited group by n.task_uuid, n.template_step) d
    where l.task_uuid = d.task_uuid and l.template_step = d.template_step and d.change <> 0;
  end if;
  return null;
end $$;
comment on function step_attempt_ended() is 'On every way into and out of in_progress: keeps what became of an attempt, and counts worker_limits.';

create trigger step_attempt_ended after update on workflow_steps
  referencing old table as before_move new table as after_move
  for each statement execute function step_attempt_ended();

drop index workflow_steps_ready;
create index workflow_steps_ready on workflow_steps (task_uuid, created_at, batch_index)
  where state = 'enqueued' and not limited;
create index workflow_steps_ready_limited on workflow_steps (task_uuid, template_step, batch_index)
  where state = 'enqueued' and limited;
create index tasks_working on tasks (created_at, task_uuid) where state = 'steps_in_process';
comment on index tasks_working is 'A claim walks the tasks at work, oldest first, and takes ready steps of each: what others may not run is passed in one step, whatever its size.';

alter table checkpoints add column cursor json;
comment on column checkpoints.cursor is 'Where a handler that keeps its own checkpoints goes on; null where the engine keeps them, and when the range is done.';

alter table nodes add column own_tasks_only boolean not null default false;
comment on column nodes.own_tasks_only is 'Whether the node works only for the tasks it was started for.';

create table input_sightings (
  task_uuid uuid not null references tasks on delete cascade,
  node_uuid uuid not null references nodes on delete cascade,
  seen boolean not null,
  found text not null,
  since timestamptz not null default engine_now(),
  stays_away_until timestamptz,
  primary key (task_uuid, node_uuid),
  check (seen = (stays_away_until is null))
);
comment on table input_sightings is 'Which nodes see the planned file of a task. One that does not stays away from the task for a while.';
