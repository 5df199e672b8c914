-- How far a job has come is no longer asked for with its figures, and changes several times a second.
drop index job_figures;
create index job_figures on job (kind, state, started_at, finished_at);
