-- Who somebody at an OpenID provider is here. A provider knows each account under one name only.
create table open_id_link (
  issuer varchar(500) not null,
  subject varchar(255) not null,
  account_id char(24) not null references account (id),
  created_at bigint not null,
  primary key (issuer, subject)
);
create unique index open_id_link_by_account on open_id_link (account_id, issuer);
