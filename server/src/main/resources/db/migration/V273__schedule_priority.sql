-- Which jobs go first among those that wait; the higher does, 0 is usual.
alter table schedule add column priority integer not null default 0;
