-- What a notice is about, one a line, what it is most about first.
alter table notice_delivery rename column thing to things;
