-- The keys that the sync door of this house holds for people, at most one for each.
create table local_token (
  key_id char(24) not null primary key references api_key (id),
  account_id char(24) not null references account (id)
);
create unique index local_token_by_account on local_token (account_id);
