// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Folded;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what a harvest finds and does, many rows at a time. Every verb runs inside the caller's
 * transaction, so that a record, its effect and its ledger entry stand or fall together.
 */
public final class Ingest {

  /** Goes over what failed, which is little, and never over the files of an instrument. */
  static final String NEXT_RETRY =
      """
      select t.retry_at from transfer t
      where t.status = 'failed' and t.latest = 1 and t.retry_at > ?
        and t.retry_at > t.completed_at and (t.tries < ? or t.error_code = 'HOOK_FAILED')
        and t.storage_location_id = ?
        and (select f.instrument_id from file f where f.id = t.file_id) = ?
      order by t.retry_at limit 1
      """;

  private static final String CUT_OFF =
      "The run ended before this attempt did. Another took its place.";

  private final Database database;
  private final Ark ark;

  public Ingest(Database database, Ark ark) {
    this.database = database;
    this.ark = ark;
  }

  public Ark ark() {
    return ark;
  }

  /** Gives new paths their record and their persistent id. */
  public void discovered(List<Discovery> discoveries, Instant now) {
    List<Object[]> rows = new ArrayList<>(discoveries.size());
    for (Discovery found : discoveries) {
      String name = found.path().substring(found.path().lastIndexOf('/') + 1);
      rows.add(
          new Object[] {
            found.file().hex(),
            ark.of(found.file()),
            found.instrument().hex(),
            found.path(),
            name,
            Folded.of(name),
            found.size(),
            Micros.of(found.modified()),
            found.fingerprint(),
            Micros.of(now),
            Micros.of(now)
          });
    }
    database.batch(
        """
        insert into file (id, persistent_id, persistent_id_type, instrument_id, source_path,
          filename, filename_folded, version, size_bytes, source_mtime, fingerprint,
          first_discovered_at, version_discovered_at, metadata)
        values (?, ?, 'ark', ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, '{}')
        """,
        rows);
    Map<String, long[]> sums = new TreeMap<>();
    for (Discovery found : discoveries) {
      long[] sum = sums.computeIfAbsent(found.instrument().hex(), _ -> new long[2]);
      sum[0]++;
      sum[1] += found.size();
    }
    List<Object[]> counts = new ArrayList<>();
    sums.forEach((instrument, sum) -> counts.add(new Object[] {instrument, sum[0], sum[1]}));
    database.batch(
        """
        insert into file_count (instrument_id, files, bytes) values (?, ?, ?)
        on conflict (instrument_id) do update
        set files = file_count.files + excluded.files, bytes = file_count.bytes + excluded.bytes
        """,
        counts);
  }

  /** To be called while the records have the sizes they had before. */
  private void resized(List<Discovery> discoveries) {
    database.batch(
        """
        update file_count
        set bytes = bytes + ? - coalesce((select size_bytes from file where id = ?), 0)
        where instrument_id = ?
        """,
        discoveries.stream()
            .map(found -> new Object[] {found.size(), found.file().hex(), found.instrument().hex()})
            .toList());
  }

  /**
   * Puts the newest version of each file on record as superseded, and the one found in its place.
   */
  public void changed(List<Discovery> discoveries, Instant now) {
    List<Object[]> superseded = new ArrayList<>(discoveries.size());
    List<Object[]> newest = new ArrayList<>(discoveries.size());
    for (Discovery found : discoveries) {
      superseded.add(new Object[] {Micros.of(now), found.file().hex()});
      newest.add(
          new Object[] {
            found.size(),
            Micros.of(found.modified()),
            found.fingerprint(),
            Micros.of(now),
            found.file().hex()
          });
    }
    database.batch(
        """
        insert into file_version (file_id, version, size_bytes, source_mtime, xxhash, sha256,
          discovered_at, superseded_at)
        select id, version, size_bytes, source_mtime, xxhash, sha256, version_discovered_at, ?
        from file where id = ?
        """,
        superseded);
    resized(discoveries);
    database.batch(
        """
        update file set version = version + 1, size_bytes = ?, source_mtime = ?, fingerprint = ?,
          xxhash = null, sha256 = null, version_discovered_at = ?
        where id = ?
        """,
        newest);
  }

  /**
   * Corrects what was seen of a version of which no copy was proved yet, or whose content turned
   * out to be the same. No new version.
   */
  public void seenAgain(List<Discovery> discoveries) {
    resized(discoveries);
    database.batch(
        "update file set size_bytes = ?, source_mtime = ?, fingerprint = ? where id = ?",
        discoveries.stream()
            .map(
                found ->
                    new Object[] {
                      found.size(),
                      Micros.of(found.modified()),
                      found.fingerprint(),
                      found.file().hex()
                    })
            .toList());
  }

  /**
   * Records attempts before any byte moves; each becomes the newest of its file and location, and
   * one that was under way until then has failed.
   */
  public void attempts(List<Attempt> attempts, String adapter, Instant now) {
    List<Object[]> older = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>(attempts.size());
    for (Attempt attempt : attempts) {
      if (attempt.number() > 1 || attempt.version() > 1) {
        older.add(
            new Object[] {
              CUT_OFF, Micros.of(now), attempt.file().hex(), attempt.storageLocation().hex()
            });
      }
      Attempt.Skip skip = attempt.skip();
      TransferStatus status = skip == null ? TransferStatus.PENDING : TransferStatus.SKIPPED;
      rows.add(
          new Object[] {
            attempt.transfer().hex(),
            attempt.file().hex(),
            attempt.version(),
            attempt.storageLocation().hex(),
            status.word(),
            adapter,
            skip == null ? null : skip.reason(),
            attempt.run().hex(),
            attempt.number(),
            skip == null ? null : skip.rule()
          });
    }
    database.batch(
        """
        update transfer set latest = 0,
          error_code = case when status in ('pending', 'in_progress') then 'INTERRUPTED'
            else error_code end,
          error_message = case when status in ('pending', 'in_progress') then ?
            else error_message end,
          completed_at = case when status in ('pending', 'in_progress') then ?
            else completed_at end,
          status = case when status in ('pending', 'in_progress') then 'failed' else status end
        where file_id = ? and storage_location_id = ? and latest = 1
        """,
        older);
    database.batch(
        """
        insert into transfer (id, file_id, version, storage_location_id, latest, status,
          transfer_adapter, error_message, run_id, attempt, rule)
        values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
        """,
        rows);
    Map<String, Long> counts = new TreeMap<>();
    attempts.forEach(one -> counts.merge(one.storageLocation().hex(), 1L, Long::sum));
    database.batch(
        """
        insert into transfer_count (storage_location_id, transfers) values (?, ?)
        on conflict (storage_location_id) do update
        set transfers = transfer_count.transfers + excluded.transfers
        """,
        counts.entrySet().stream()
            .map(one -> new Object[] {one.getKey(), one.getValue()})
            .toList());
  }

  /** Gives attempts that were cut off to the run that goes on with them. */
  public void takenUp(List<Id> transfers, Id run) {
    database.batch(
        "update transfer set run_id = ?, status = 'pending', started_at = null where id = ?",
        transfers.stream().map(id -> new Object[] {run.hex(), id.hex()}).toList());
  }

  /** Shows attempts as under way. */
  public void started(List<Id> transfers, Instant now) {
    database.batch(
        "update transfer set status = 'in_progress', started_at = ?"
            + " where id = ? and status = 'pending'",
        transfers.stream().map(id -> new Object[] {Micros.of(now), id.hex()}).toList());
  }

  public void completed(List<Completion> completions) {
    List<Object[]> transfers = new ArrayList<>(completions.size());
    List<Object[]> files = new ArrayList<>(completions.size());
    for (Completion done : completions) {
      transfers.add(
          new Object[] {
            done.path().text(),
            done.bytes(),
            done.xxhash(),
            done.xxhash(),
            Micros.of(done.startedAt()),
            Micros.of(done.completedAt()),
            done.transfer().hex()
          });
      files.add(
          new Object[] {
            done.xxhash(), done.sha256(), done.metadata(), done.file().hex(), done.version()
          });
    }
    database.batch(
        """
        update transfer set status = 'completed', destination_path = ?, bytes_transferred = ?,
          source_checksum = ?, dest_checksum = ?, checksum_verified = 1, started_at = ?,
          completed_at = ?
        where id = ?
        """,
        transfers);
    database.batch(
        "update file set xxhash = ?, sha256 = ?, metadata = ? where id = ? and version = ?", files);
  }

  /** Ends attempts. Only bytes that were compared and differ leave a checksum said to be wrong. */
  public void failed(List<Failure> failures) {
    database.batch(
        """
        update transfer set status = 'failed', error_code = ?, error_message = ?,
          checksum_verified = ?, started_at = coalesce(?, started_at), completed_at = ?,
          retry_at = ?, tries = ?, rule = coalesce(?, rule)
        where id = ?
        """,
        failures.stream()
            .map(
                failure ->
                    new Object[] {
                      failure.code().name(),
                      failure.message(),
                      failure.code() == ErrorCode.CHECKSUM_MISMATCH ? 0 : null,
                      Micros.ofNullable(failure.startedAt()),
                      Micros.of(failure.at()),
                      Micros.ofNullable(failure.retryAt()),
                      failure.tries(),
                      failure.rule(),
                      failure.transfer().hex()
                    })
            .toList());
  }

  /**
   * When the next failed attempt of an instrument on a storage location is to be made again.
   *
   * @param after due later than this
   * @param most only those that failed fewer times than this, and those that a hook holds back
   * @return empty also where nothing is to be waited for, so that any next run may try it
   */
  public Optional<Instant> nextRetry(Id instrument, Id storageLocation, Instant after, int most) {
    return database
        .sql(NEXT_RETRY)
        .params(Micros.of(after), most, storageLocation.hex(), instrument.hex())
        .query(Long.class)
        .optional()
        .map(Micros::instant);
  }

  /**
   * Makes the newest failed attempts of a file due at once, on every storage location. What failed
   * before counts no longer.
   */
  public boolean retryNow(Id file, Instant now) {
    return database
            .sql(
                "update transfer set retry_at = ?, tries = 0"
                    + " where file_id = ? and latest = 1 and status = 'failed'")
            .params(Micros.of(now), file.hex())
            .update()
        > 0;
  }
}
