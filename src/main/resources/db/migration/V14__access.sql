-- Who may use the API, and what was done by hand.

create table api_keys (
  key_id uuid primary key default gen_random_uuid(),
  name text not null check (name ~ '^[A-Za-z][A-Za-z0-9_.@-]{0,62}$'),
  key_hash bytea not null unique check (length(key_hash) = 32),
  permissions text[] not null check (cardinality(permissions) > 0),
  namespaces text[],
  created_at timestamptz not null default engine_now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check (expires_at > created_at)
);
comment on column api_keys.key_hash is 'SHA-256 of the key; the key itself, 256 random bits, is kept nowhere.';
comment on column api_keys.namespaces is 'The namespaces the key may see and use; null = all.';
create unique index api_keys_name on api_keys (name) where revoked_at is null;

create table api_sessions (
  session_hash bytea primary key check (length(session_hash) = 32),
  key_id uuid not null references api_keys on delete cascade,
  created_at timestamptz not null default engine_now(),
  expires_at timestamptz not null
);
comment on table api_sessions is 'Logins of the dashboard; SHA-256 of what the cookie holds.';

create table audit_trail (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null default engine_now(),
  actor text not null,
  action text not null,
  target text not null,
  reason text not null,
  outcome text not null check (outcome in ('done', 'refused'))
);
comment on table audit_trail is 'What people did, or tried to do. No foreign keys: rows outlive what they tell of.';
create index audit_trail_target on audit_trail (target, audit_id desc);
