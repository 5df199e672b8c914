-- The base path whose folder was marked as this storage location's; null until it is first used.
alter table storage_location add column marked_path varchar(1024);
