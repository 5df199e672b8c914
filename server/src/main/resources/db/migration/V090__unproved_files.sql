-- Few at any time: files whose newest version has no proved copy yet. The start page counts them.
create index file_unproved on file (instrument_id) where sha256 is null;
