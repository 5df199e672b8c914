-- No foreign keys among these tables: they are written in large batches by one writer that made the
-- ids itself, and each check would be one more look-up a row.

create table file (
  id char(24) not null primary key,
  persistent_id varchar(60) not null,
  persistent_id_type varchar(10) not null,
  instrument_id char(24) not null,
  source_path varchar(4096) not null,
  filename varchar(512) not null,
  filename_folded varchar(512) not null,
  -- The newest version; older ones are in file_version.
  version integer not null,
  size_bytes bigint,
  source_mtime bigint,
  fingerprint varchar(200) not null,
  xxhash char(16),
  sha256 char(64),
  first_discovered_at bigint not null,
  version_discovered_at bigint not null,
  metadata text not null,
  owner_id char(24)
);
create unique index file_by_path on file (instrument_id, source_path);
create index file_by_instrument on file (instrument_id, id);

-- Versions that a newer one took the place of.
create table file_version (
  file_id char(24) not null,
  version integer not null,
  size_bytes bigint,
  source_mtime bigint,
  xxhash char(16),
  sha256 char(64),
  discovered_at bigint not null,
  superseded_at bigint not null,
  primary key (file_id, version)
);

-- Kept in step with file, so that a total needs no counting.
create table file_count (
  instrument_id char(24) not null primary key,
  files bigint not null,
  bytes bigint not null
);

-- One row for each attempt to bring one version into one storage location.
create table transfer (
  id char(24) not null primary key,
  file_id char(24) not null,
  version integer not null,
  storage_location_id char(24) not null,
  -- 1 for the newest attempt of its file and storage location.
  latest integer not null,
  status varchar(12) not null,
  destination_path varchar(4096),
  transfer_adapter varchar(10) not null,
  bytes_transferred bigint,
  source_checksum varchar(128),
  dest_checksum varchar(128),
  checksum_verified integer,
  started_at bigint,
  completed_at bigint,
  error_code varchar(40),
  error_message text,
  run_id char(24) not null,
  attempt integer not null,
  -- When a failed one may be tried again; null means only after a change.
  retry_at bigint,
  -- Which rule, in which wording, skipped it.
  rule varchar(100)
);
create index transfer_by_file on transfer (file_id, id);
create index transfer_in_trouble on transfer (run_id) where status = 'failed';

create table file_grant (
  id char(24) not null primary key,
  file_id char(24) not null,
  grantee_type varchar(10) not null,
  grantee_id char(24) not null,
  granted_at bigint not null
);
create unique index file_grant_once on file_grant (file_id, grantee_id);
create index file_grant_by_grantee on file_grant (grantee_id, file_id);

create table instrument_access (
  account_id char(24) not null,
  instrument_id char(24) not null,
  granted_at bigint not null,
  primary key (account_id, instrument_id)
);
