-- Few at any time: attempts that brought no copy yet. A file that a filter skipped waits for none.
drop index file_unproved;
create index transfer_open on transfer (file_id)
  where latest = 1 and status in ('pending', 'in_progress', 'failed');
-- Those that failed for one reason: damage is looked for by its codes.
create index transfer_failed_with on transfer (error_code, id)
  where status = 'failed' and latest = 1;
-- What runs or waits, and how many ended since a time, however many runs there were.
create index job_open on job (kind, id) where finished_at is null;
create index job_ended on job (kind, finished_at, subject, warnings);
