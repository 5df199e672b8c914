-- Failed files in the order in which they are due again.
create index transfer_due on transfer (retry_at) where status = 'failed' and latest = 1;
