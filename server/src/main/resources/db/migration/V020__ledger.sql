-- Streams of the ledger; closing a block updates the stream's row, so that one closer works at a time.
create table ledger_stream (
  stream varchar(20) not null primary key,
  closings bigint not null
);
insert into ledger_stream (stream, closings) values ('custody', 0), ('audit', 0);

-- Never updated but for the sequence that a closer gives, never deleted. id and actor prove nothing.
create table ledger_entry (
  stream varchar(20) not null,
  id char(24) not null,
  sequence bigint,
  time bigint not null,
  kind varchar(40) not null,
  subject varchar(200) not null,
  payload bytea not null,
  actor char(24),
  primary key (stream, id)
);
create unique index ledger_entry_by_sequence on ledger_entry (stream, sequence)
  where sequence is not null;
create index ledger_entry_pending on ledger_entry (stream, id) where sequence is null;
create index ledger_entry_by_subject on ledger_entry (subject, id);

create table ledger_block (
  stream varchar(20) not null,
  number bigint not null,
  first_sequence bigint not null,
  entry_count bigint not null,
  root bytea not null,
  previous bytea not null,
  closed bigint not null,
  hash bytea not null,
  leaves bytea not null,
  primary key (stream, number)
);

-- The newest checkpoint of each hour (hours since 1970), as the text a person can copy off.
create table ledger_checkpoint (
  stream varchar(20) not null,
  hour bigint not null,
  content text not null,
  primary key (stream, hour)
);
