-- When a copy that was proved was found to hold other bytes. Few at any time.
alter table transfer add column damaged_at bigint;
create index transfer_damaged on transfer (id) where damaged_at is not null;
