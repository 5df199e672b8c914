-- So that what somebody owns is found without going over every file.
create index file_by_owner on file (owner_id, id) where owner_id is not null;

-- A file that changed was counted with its old size.
update file_count set bytes =
  (select coalesce(sum(f.size_bytes), 0) from file f where f.instrument_id = file_count.instrument_id);

-- How many attempts failed by then that count towards giving up.
alter table transfer add column tries integer not null default 0;
update transfer set tries = attempt where status = 'failed';

-- Kept in step with transfer, so that a total needs no counting.
create table transfer_count (
  storage_location_id char(24) not null primary key,
  transfers bigint not null
);
insert into transfer_count
  select storage_location_id, count(*) from transfer group by storage_location_id;
