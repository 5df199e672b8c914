-- What somebody is told inside the house.
create table notice (
  id char(24) not null primary key,
  account_id char(24) not null,
  kind varchar(40) not null,
  title varchar(255) not null,
  message text not null,
  link varchar(1024),
  created_at bigint not null,
  read_at bigint,
  dismissed_at bigint
);
create index notice_by_account on notice (account_id, dismissed_at, id);

-- Somebody asks for an instrument to be harvested.
create table instrument_request (
  id char(24) not null primary key,
  requester_id char(24) not null,
  name varchar(255) not null,
  location varchar(255) not null,
  harvest_frequency varchar(255) not null,
  description text,
  justification text not null,
  status varchar(10) not null,
  admin_notes text,
  created_at bigint not null,
  updated_at bigint not null
);
create index instrument_request_by_requester on instrument_request (requester_id, id);
