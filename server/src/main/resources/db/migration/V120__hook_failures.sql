-- What hooks after a transfer could not do for a file, to be told again by the next runs of its instrument.
create table hook_failure (
  file_id char(24) not null,
  hook_id char(24) not null,
  hook_name varchar(255) not null,
  instrument_id char(24) not null,
  error text not null,
  since bigint not null,
  tried_at bigint not null,
  primary key (file_id, hook_id)
);
create index hook_failure_due on hook_failure (instrument_id, tried_at);
