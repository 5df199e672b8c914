create table service_account (
  id char(24) not null primary key,
  name varchar(255) not null,
  username varchar(255) not null,
  domain varchar(255),
  auth_type varchar(20) not null,
  -- The password, key and pinned host key, sealed together; see SecretBox.
  secret text not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create index service_account_by_created on service_account (created_at, id);

create table storage_location (
  id char(24) not null primary key,
  name varchar(255) not null,
  type varchar(20) not null,
  base_path varchar(1024) not null,
  -- A JSON object; fields that are secrets are sealed one by one.
  config text,
  enabled integer not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create index storage_location_by_created on storage_location (created_at, id);

-- Host keys believed at first sight.
create table known_host (
  host varchar(255) not null,
  port integer not null,
  host_key text not null,
  seen_at bigint not null,
  primary key (host, port)
);
