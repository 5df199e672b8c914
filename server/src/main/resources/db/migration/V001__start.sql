-- What the database says of itself.
create table setting (
  name varchar(100) not null primary key,
  value text not null
);
