-- Plans carry checksums of the file's blocks and know the one file they may be used for again;
-- a batchable step keeps the CRC of each of its ranges.

alter table plans
  add column checksums bytea,
  add column place text not null default '';
comment on column plans.place is
  'Machine, device, inode and change time of the planned file; empty = the plan serves its own task only.';

create unique index plans_same_file on plans
  (path, size, head_crc, tail_crc, modified_nanos, place, md5(dialect::text))
  where place <> '';

alter table step_plans add column ranges bytea not null default '';
comment on column step_plans.ranges is 'Per range: start, end, start offset, end offset, CRC-32; 8 bytes each.';

create index on step_plans (plan_id);

alter table checkpoints add column range_crc bigint not null default 0;
comment on column checkpoints.range_crc is 'CRC-32 of the bytes of the range before byte_offset, as they were when they were read.';
