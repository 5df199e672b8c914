-- What of a run was told to the addresses that wait for it: once each, whatever server told it.
create table run_ping (
  job_id char(24) not null,
  phase varchar(10) not null,
  created_at bigint not null,
  primary key (job_id, phase)
);
create index run_ping_by_age on run_ping (created_at);

-- Schedules that somebody was told of because a run did not begin in time, until one does again.
create table schedule_alarm (
  schedule_id char(24) not null primary key,
  scheduled_for bigint not null,
  told_at bigint not null
);
