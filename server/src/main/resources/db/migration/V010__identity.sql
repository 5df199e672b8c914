create table account (
  id char(24) not null primary key,
  email varchar(254) not null,
  email_folded varchar(254) not null,
  -- Argon2id with its parameters and salt, in the PHC form; null: nobody can sign in by password.
  password varchar(300),
  role varchar(10) not null,
  active integer not null,
  verified integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
-- Also over deleted accounts: an address names one person for ever.
create unique index account_by_email on account (email_folded);
create index account_by_created on account (created_at, id);

-- One row for each time somebody signed in; what ends it early is revoked_at.
create table login (
  id char(24) not null primary key,
  account_id char(24) not null references account (id),
  kind varchar(12) not null,
  -- SHA-256 of the token; null for a JWT, which proves itself and carries this row's id.
  token_hash char(64),
  created_at bigint not null,
  expires_at bigint not null,
  revoked_at bigint,
  device varchar(255),
  address varchar(64)
);
create unique index login_by_token on login (token_hash);
create index login_by_account on login (account_id, address);
create index login_by_expiry on login (expires_at);

create table api_key (
  id char(24) not null primary key,
  account_id char(24) not null references account (id),
  name varchar(255) not null,
  -- The first characters, by which its owner knows it again.
  prefix varchar(16) not null,
  token_hash char(64) not null,
  scope varchar(10) not null,
  created_at bigint not null,
  expires_at bigint,
  revoked_at bigint
);
create unique index api_key_by_token on api_key (token_hash);
create index api_key_by_account on api_key (account_id, id);

-- What a mailed link carries: good once, until it expires.
create table one_time_token (
  token_hash char(64) not null primary key,
  account_id char(24) references account (id),
  purpose varchar(20) not null,
  created_at bigint not null,
  expires_at bigint not null
);
create index one_time_token_by_account on one_time_token (account_id, purpose);

-- Groups (of accounts) and projects (of accounts and groups).
create table team (
  id char(24) not null primary key,
  kind varchar(10) not null,
  name varchar(255) not null,
  name_folded varchar(255) not null,
  description text,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create unique index team_by_name on team (kind, name_folded) where deleted_at is null;
create index team_by_created on team (kind, created_at, id);

-- Who is in a group (accounts) or a project (accounts and groups).
create table membership (
  id char(24) not null primary key,
  team_id char(24) not null references team (id),
  member_type varchar(10) not null,
  member_id char(24) not null,
  created_at bigint not null
);
create unique index membership_once on membership (team_id, member_id);
create index membership_by_member on membership (member_id, team_id);
