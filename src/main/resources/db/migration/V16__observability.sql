-- What metrics and traces read.
create index workflow_steps_single on workflow_steps (task_uuid, type, state) where type <> 'batch_worker';
comment on index workflow_steps_single is 'The workload is counted from task_gates; only steps that are no workers, which are few, are counted themselves.';

alter table tasks add column trace_parent text check (trace_parent ~ '^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$');
comment on column tasks.trace_parent is 'The span that submitted the task, as W3C traceparent: every node goes on with its trace. Null without tracing.';
