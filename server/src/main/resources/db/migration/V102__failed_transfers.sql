-- The newest failures, however far back among millions of successes.
create index transfer_failed on transfer (id) where status = 'failed';
