-- Since when a path was not taken in any run.
alter table unstable_path add column since bigint not null default 0;
update unstable_path set since = seen_at;

-- What stands still, and whether somebody was told of it. The subject is a schedule or an instrument.
create table standstill (
  kind varchar(20) not null,
  subject char(24) not null,
  since bigint not null,
  told_at bigint,
  primary key (kind, subject)
);
