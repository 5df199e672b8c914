create table instrument (
  id char(24) not null primary key,
  name varchar(255) not null,
  -- The folder in every storage location that its files go to; made from the name, see Instruments.
  folder varchar(255) not null,
  description text,
  location varchar(255),
  pid varchar(255),
  cifs_host varchar(255) not null,
  cifs_share varchar(255) not null,
  cifs_base_path varchar(1024),
  service_account_id char(24) references service_account (id),
  transfer_adapter varchar(10) not null,
  transfer_config text,
  enabled integer not null,
  last_harvested_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create unique index instrument_folder on instrument (folder);
create index instrument_by_created on instrument (created_at, id);

create table hook (
  id char(24) not null primary key,
  name varchar(255) not null,
  description text,
  trigger_point varchar(20) not null,
  implementation varchar(20) not null,
  builtin_name varchar(255),
  script_path varchar(1024),
  webhook_url varchar(2048),
  config text,
  instrument_id char(24) references instrument (id),
  priority integer not null,
  enabled integer not null,
  created_at bigint not null,
  deleted_at bigint
);

-- Paths that are not taken yet, because they may still be written to.
create table unstable_path (
  instrument_id char(24) not null,
  source_path varchar(4096) not null,
  size_bytes bigint not null,
  source_mtime bigint not null,
  seen_at bigint not null,
  reason text not null,
  primary key (instrument_id, source_path)
);
