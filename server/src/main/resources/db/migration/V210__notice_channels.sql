-- Ways by which notices leave the house. Secrets within the configuration are sealed.
create table notice_channel (
  id char(24) not null primary key,
  number bigint not null unique,
  name varchar(128) not null unique,
  provider varchar(20) not null,
  config text not null,
  severity varchar(10) not null,
  events text not null,
  things text not null,
  enabled smallint not null,
  created_at bigint not null,
  updated_at bigint not null
);

-- The highest number given to a channel: one row, whose lock makes numbering safe.
create table notice_channel_number (last bigint not null);
insert into notice_channel_number (last) values (0);

-- One notice on its way by one channel. It is due until it has arrived or was given up.
create table notice_delivery (
  id char(24) not null primary key,
  channel_id char(24) not null,
  message_id char(24) not null,
  event varchar(40) not null,
  severity varchar(10) not null,
  thing varchar(200),
  title varchar(255) not null,
  message text not null,
  link varchar(1024),
  state varchar(10) not null,
  attempts integer not null,
  outcome text,
  due_at bigint,
  created_at bigint not null,
  updated_at bigint not null
);
create index notice_delivery_due on notice_delivery (due_at) where due_at is not null;
create index notice_delivery_by_channel on notice_delivery (channel_id, id);
create index notice_delivery_by_age on notice_delivery (created_at);
