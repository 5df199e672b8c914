// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.TextLimits;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.identity.SoftDeletion;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.secrets.SecretBox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The storage locations: made, changed, deleted and restored by administrators. */
public final class StorageLocations {

  private static final String KIND = "storage_location";
  private static final String THING = "Storage location";

  /** What is sent of a location is laid over this one. */
  private static final StorageLocationDraft NOTHING =
      new StorageLocationDraft(THING, StorageType.POSIX, "/", null, false);

  private final StorageLocationTable table;
  private final Database database;
  private final SecretBox secrets;
  private final LocalRoots roots;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final SoftDeletion<StorageLocation> deletion;

  public StorageLocations(Database database, PlaceTools tools) {
    this.table = new StorageLocationTable(database);
    this.database = database;
    this.secrets = tools.secrets();
    this.roots = tools.roots();
    this.ids = tools.ids();
    this.clock = tools.clock();
    this.audit = tools.audit();
    this.deletion =
        new SoftDeletion<>(new SoftDeletion.Kind(THING, KIND), table, database, clock, audit);
  }

  /**
   * @throws InvalidFieldsException when a setting is missing or a local path may not be used
   */
  public StorageLocation create(Actor by, StorageLocationDraft draft) {
    Instant now = clock.instant();
    Id id = ids.next();
    StorageLocation made =
        new StorageLocation(
            id,
            checkedName(draft),
            draft.type(),
            checkedPath(draft, null),
            config(id, draft, null),
            draft.enabled(),
            now,
            now,
            null);
    database.write(
        () -> {
          table.insert(made);
          audit(by, "create", id, Change.between(Map.of(), made.facts()));
        });
    return made;
  }

  /**
   * Replaces all but id and times. A change of type needs the full settings of the new type.
   *
   * @param change makes the new settings of the present ones; nobody changes these meanwhile
   * @throws InvalidFieldsException as {@link #create}
   * @throws NotFoundException when there is none, or it was deleted
   */
  public StorageLocation update(Actor by, Id id, UnaryOperator<StorageLocationDraft> change) {
    return database.write(
        () -> {
          database.hold("storage_location", id);
          StorageLocation old = deletion.find(id).orElseThrow(() -> noSuch(change));
          StorageLocationDraft draft = change.apply(old.settings());
          StorageLocation changed =
              new StorageLocation(
                  id,
                  checkedName(draft),
                  draft.type(),
                  checkedPath(draft, old),
                  config(id, draft, old),
                  draft.enabled(),
                  old.createdAt(),
                  clock.instant(),
                  null);
          table.update(changed);
          Map<String, Change> changes = Change.between(old.facts(), changed.facts());
          changes.putAll(ConnectionConfig.replacedSecrets(old.config(), changed.config()));
          audit(by, "update", id, changes);
          return changed;
        });
  }

  /** What is wrong in itself is told before that there is no such location. */
  private NotFoundException noSuch(UnaryOperator<StorageLocationDraft> change) {
    StorageLocationDraft sent = change.apply(NOTHING);
    if (!sent.basePath().equals(NOTHING.basePath())) {
      checkedPath(sent, null);
    }
    return new NotFoundException(THING);
  }

  /** Hides it and switches it off; files in it stay where they are. */
  public void delete(Actor by, Id id) {
    deletion.delete(by, id);
  }

  /** Brings a deleted one back, still switched off. */
  public StorageLocation restore(Actor by, Id id) {
    return deletion.restore(by, id);
  }

  /**
   * Whether there is a live one. If so nobody deletes it before the transaction ends, so that what
   * is written meanwhile may refer to it.
   */
  public boolean hold(Id id) {
    return deletion.hold(id);
  }

  /**
   * @throws NotFoundException when there is none, or it was deleted
   */
  public StorageLocation live(Id id) {
    return deletion.live(id);
  }

  /** The location even when it was deleted: files in it can still be read. */
  public StorageLocation any(Id id) {
    return deletion.any(id);
  }

  /** Oldest first. */
  public Slice.Part<StorageLocation> list(Slice slice) {
    return table.list(slice);
  }

  private static String checkedName(StorageLocationDraft draft) {
    new TextLimits().line("name", draft.name()).check();
    return draft.name();
  }

  /**
   * @param present what it was until now; where that was need not be usable any more
   */
  private String checkedPath(StorageLocationDraft draft, @Nullable StorageLocation present) {
    boolean asBefore =
        present != null
            && present.type() == draft.type()
            && present.basePath().equals(draft.basePath())
            && (present.enabled() || !draft.enabled());
    if (asBefore) {
      return draft.basePath();
    }
    new TextLimits().path("base_path", draft.basePath()).check();
    if (draft.basePath().isEmpty()) {
      throw new InvalidFieldsException(
          FieldProblem.of("base_path", "string_too_short", "This must not be empty", ""));
    }
    switch (draft.type()) {
      case POSIX, NFS -> roots.confine("base_path", draft.basePath());
      case S3, CIFS -> {}
    }
    return draft.basePath();
  }

  private @Nullable ConnectionConfig config(
      Id id, StorageLocationDraft draft, @Nullable StorageLocation old) {
    ConnectionConfig kept = old == null || old.type() != draft.type() ? null : old.config();
    Map<String, @Nullable Object> sent = draft.config();
    if (sent == null && (kept != null || draft.type() == StorageType.POSIX)) {
      return kept;
    }
    return ConnectionConfig.merge(
        draft.type(),
        sent == null ? Map.of() : sent,
        kept == null ? Map.of() : kept.values(),
        secret -> secrets.seal(id, secret));
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}
