-- The only networks that a key is good in, with commas between them; null for anywhere.
alter table api_key add column networks varchar(4000);
-- What somebody did, newest first.
create index ledger_entry_by_actor on ledger_entry (actor, id) where actor is not null;
