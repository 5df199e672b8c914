-- Every folder that an instrument ever had in the storage locations. Its copies still lie there after it was renamed.
create table instrument_folder_given (
  folder varchar(255) not null primary key,
  instrument_id char(24) not null
);
insert into instrument_folder_given (folder, instrument_id) select folder, id from instrument;
