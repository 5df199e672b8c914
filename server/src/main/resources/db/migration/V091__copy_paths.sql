-- Where a copy is, is kept relative to its storage location, so that a location can move with its files.
update transfer set destination_path = substr(destination_path, (
  select length(rtrim(l.base_path, '/')) + 2 from storage_location l
  where l.id = transfer.storage_location_id))
where exists (
  select 1 from storage_location l
  where l.id = transfer.storage_location_id
    and substr(transfer.destination_path, 1, length(rtrim(l.base_path, '/')) + 1)
      = rtrim(l.base_path, '/') || '/');
