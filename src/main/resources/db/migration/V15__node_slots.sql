-- How much a node can do at once, so that its load can be told.
alter table nodes add column slots integer check (slots > 0);
comment on column nodes.slots is 'Steps in progress at once, at most; null for a node of an older version.';
