-- Durable work and what starts it. Times are microseconds UTC, states and levels lower case.
create table schedule (
  id char(24) not null primary key,
  number bigint not null unique,
  kind varchar(40) not null,
  subject varchar(200),
  cron varchar(100),
  timezone varchar(60) not null,
  misfire varchar(10) not null,
  enabled smallint not null,
  parameters text not null,
  owner char(24) not null,
  next_at bigint,
  last_at bigint,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint
);
create index schedule_due on schedule (next_at) where enabled = 1 and deleted_at is null;
create index schedule_subject on schedule (subject, id);

-- The highest number given to a schedule: one row, whose lock makes numbering safe.
create table schedule_number (last bigint not null);
insert into schedule_number (last) values (0);

-- Each due time that was dealt with. The key is what lets only one server answer it.
create table schedule_tick (
  schedule_id char(24) not null references schedule (id),
  scheduled_for bigint not null,
  outcome varchar(10) not null,
  job_id char(24),
  reason varchar(400),
  created_at bigint not null,
  primary key (schedule_id, scheduled_for)
);

create table job (
  id char(24) not null primary key,
  kind varchar(40) not null,
  state varchar(10) not null,
  wish varchar(10),
  priority integer not null,
  owner char(24) not null,
  lock_key varchar(200),
  subject varchar(200),
  schedule_id char(24) references schedule (id),
  scheduled_for bigint,
  retry_of char(24),
  parameters text not null,
  fence bigint not null,
  starts integer not null,
  node varchar(100),
  warnings bigint not null,
  reason_code varchar(60),
  reason_message text,
  bytes_done bigint not null,
  bytes_total bigint,
  files_done bigint not null,
  files_total bigint,
  progress text not null,
  created_at bigint not null,
  started_at bigint,
  finished_at bigint,
  updated_at bigint not null,
  unique (schedule_id, scheduled_for)
);
create index job_unfinished on job (state, id) where finished_at is null;
create index job_kind on job (kind, id);
create index job_subject on job (subject, id);
create index job_schedule on job (schedule_id, id);
create index job_owner on job (owner, id);
create index job_waiting on job (lock_key) where state = 'queued';
create index job_updated on job (updated_at);

create table job_step (
  job_id char(24) not null references job (id),
  position integer not null,
  name varchar(200) not null,
  state varchar(10) not null,
  message text,
  inherited smallint not null,
  started_at bigint,
  finished_at bigint,
  primary key (job_id, position),
  unique (job_id, name)
);

create table job_lock (
  lock_key varchar(200) not null primary key,
  job_id char(24) not null unique,
  fence bigint not null
);

create table job_log (
  job_id char(24) not null references job (id),
  number bigint not null,
  time bigint not null,
  level varchar(10) not null,
  text text not null,
  primary key (job_id, number)
);

-- The table of the embedded scheduler (db-scheduler), with its times as bigint microseconds.
create table scheduled_tasks (
  task_name varchar(40) not null,
  task_instance varchar(40) not null,
  task_data bytea,
  execution_time bigint not null,
  picked boolean not null,
  picked_by varchar(100),
  last_success bigint,
  last_failure bigint,
  consecutive_failures integer,
  last_heartbeat bigint,
  version bigint not null,
  priority integer,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (picked, priority desc, execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
