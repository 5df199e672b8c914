-- Whether the original is about to be removed ('intended') or was ('done'); null for one that stays.
-- Written before the removal, so that one whose end a crash kept out of the ledger is found again.
alter table transfer add column removal varchar(10);
