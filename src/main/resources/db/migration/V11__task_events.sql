-- Changes of tasks' states as events, for subscribers that each keep a position.

alter table task_transitions
  add column transaction_id xid8 not null default pg_current_xact_id();
comment on column task_transitions.transaction_id is 'Who wrote the row. Events are read in this order, and only below the oldest open transaction: identity order is not commit order.';
create index task_transitions_events on task_transitions (transaction_id, transition_id);

create table event_subscribers (
  subscriber text primary key,
  transaction_id xid8 not null,
  transition_id bigint not null,
  reader uuid,
  lease_until timestamptz,
  created_at timestamptz not null default engine_now(),
  updated_at timestamptz not null default engine_now(),
  check ((reader is null) = (lease_until is null))
);
comment on table event_subscribers is 'How far each subscriber of task-events: has heard; one reader at a time.';
