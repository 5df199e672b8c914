-- So that a tick of a schedule does not go over all of its past runs.
create index job_unfinished_by_schedule on job (schedule_id) where finished_at is null;

-- All that the figures of jobs ask for, so that they need no row of the table.
create index job_figures on job (kind, state, files_done, bytes_done, started_at, finished_at);
