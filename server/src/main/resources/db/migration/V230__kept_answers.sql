-- What was answered to requests that carry a key of their own, by a digest of account, method, path
-- and key. What was asked and answered is sealed; there is no answer while it is carried out.
create table kept_answer (
  id char(24) not null primary key,
  name char(64) not null unique,
  content text not null,
  answer text,
  expires_at bigint not null
);
create index kept_answer_by_end on kept_answer (expires_at);
