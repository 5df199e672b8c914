-- The log of a job that ended a while ago: gzip of one JSON object for each line. After some months
-- one line is left of it, which says so; then lines is 0.
create table job_log_packed (
  job_id char(24) not null primary key references job (id),
  finished_at bigint not null,
  lines bigint not null,
  content bytea not null
);
create index job_log_packed_age on job_log_packed (finished_at) where lines > 0;
