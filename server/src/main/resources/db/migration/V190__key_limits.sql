-- What a key is good for, and when and from where it was last used.
alter table api_key add column doors varchar(100);
alter table api_key add column last_used_at bigint;
alter table api_key add column last_used_address varchar(64);
-- What could write could do all that its owner may; for an administrator that is more than for others.
update api_key set scope = 'operate'
  where scope = 'write' and account_id not in (select id from account where role = 'admin');
update api_key set scope = 'admin' where scope = 'write';
