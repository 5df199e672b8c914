// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deleting things of one kind so that they can be brought back: a deleted one stays on record and
 * is not found by those who look for live ones. Both verbs leave an entry in the audit log.
 *
 * @param <T> what is deleted
 */
public final class SoftDeletion<T extends SoftDeletion.Deletable> {

  /** What carries the time of its deletion. */
  public interface Deletable {

    /** Null while it is live. */
    @Nullable Instant deletedAt();
  }

  /** Where the things are on record. Each verb is called inside a transaction. */
  public interface Rows<T> {

    /** The live or deleted one. */
    Optional<T> find(Id id);

    /** Marks it deleted, and switches it off where it can be switched. */
    void markDeleted(Id id, Instant now);

    /** Leaves it switched off. False, and nothing is done, when there is no deleted one. */
    boolean unmarkDeleted(Id id, Instant now);
  }

  /**
   * @param name as a person says it, such as {@code Storage location}
   * @param word as the audit log says it, such as {@code storage_location}, which is its table too
   */
  public record Kind(String name, String word) {}

  private final Kind kind;
  private final Rows<T> rows;
  private final Database database;
  private final InstantSource clock;
  private final AuditTrail audit;

  public SoftDeletion(
      Kind kind, Rows<T> rows, Database database, InstantSource clock, AuditTrail audit) {
    this.kind = kind;
    this.rows = rows;
    this.database = database;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * Works on a full disk too.
   *
   * @throws NotFoundException when there is none, or it was deleted
   */
  public void delete(Actor by, Id id) {
    delete(by, id, () -> {});
  }

  /**
   * As {@link #delete(Actor, Id)}.
   *
   * @param check throws what speaks against it; nothing changes meanwhile
   */
  public void delete(Actor by, Id id, Runnable check) {
    database.writeFromReserve(
        () -> {
          database.hold(kind.word(), id);
          live(id);
          check.run();
          rows.markDeleted(id, clock.instant());
          audit.record(by, AuditTrail.Entry.of("delete", kind.word(), id));
        });
  }

  /**
   * Whether there is a live one. If so nobody deletes it before the transaction ends, so that what
   * is written meanwhile may refer to it.
   */
  public boolean hold(Id id) {
    database.hold(kind.word(), id);
    return find(id).isPresent();
  }

  /**
   * Brings a deleted one back, still switched off where it can be switched.
   *
   * @throws NotFoundException when there is none that is deleted
   */
  public T restore(Actor by, Id id) {
    return database.write(
        () -> {
          if (!rows.unmarkDeleted(id, clock.instant())) {
            throw new NotFoundException("Deleted " + kind.name().toLowerCase(Locale.ROOT));
          }
          audit.record(by, AuditTrail.Entry.of("restore", kind.word(), id));
          return live(id);
        });
  }

  /** The live one, if there is one. */
  public Optional<T> find(Id id) {
    return rows.find(id).filter(found -> found.deletedAt() == null);
  }

  /**
   * @throws NotFoundException when there is none, or it was deleted
   */
  public T live(Id id) {
    return find(id).orElseThrow(() -> new NotFoundException(kind.name()));
  }

  /**
   * The live or deleted one.
   *
   * @throws NotFoundException when there is none
   */
  public T any(Id id) {
    return rows.find(id).orElseThrow(() -> new NotFoundException(kind.name()));
  }
}
