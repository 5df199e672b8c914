// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

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
import io.entrepot.server.places.LocalRoots;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.Transport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The instruments: made, changed, deleted and restored by administrators. */
public final class Instruments {

  private static final String KIND = "instrument";
  private static final String THING = "Instrument";
  private static final String BASE_PATH = "cifs_base_path";

  /** What is sent of an instrument is laid over this one. */
  private static final InstrumentDraft NOTHING =
      new InstrumentDraft(
          THING,
          new InstrumentDraft.Address("", "", null, null),
          new InstrumentDraft.About(null, null, null),
          "rclone",
          null,
          false);

  /** The longest path that the catalogue takes, in characters. */
  public static final int PATH_LIMIT = 2048;

  /** Leaves room in a 255-byte name for what makes it unique. */
  private static final int FOLDER_BYTES = 200;

  private final Database database;
  private final InstrumentTable table;
  private final ServiceAccounts accounts;
  private final LocalRoots roots;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final SoftDeletion<Instrument> deletion;

  public Instruments(Database database, ServiceAccounts accounts, PlaceTools tools) {
    this.database = database;
    this.table = new InstrumentTable(database);
    this.accounts = accounts;
    this.roots = tools.roots();
    this.ids = tools.ids();
    this.clock = tools.clock();
    this.audit = tools.audit();
    this.deletion =
        new SoftDeletion<>(new SoftDeletion.Kind(THING, KIND), table, database, clock, audit);
  }

  /**
   * @throws InvalidFieldsException naming what is missing, unusable or points to nothing
   */
  public Instrument create(Actor by, InstrumentDraft draft) {
    HarvestPolicy.refuseUnusable(draft.transferConfig());
    Instant now = clock.instant();
    Id id = ids.next();
    return database.write(
        () -> {
          check(draft, null);
          Instrument made =
              new Instrument(id, draft, folder(draft.name(), id), null, now, now, null);
          table.insert(made);
          audit(by, "create", id, Change.between(Map.of(), made.facts()));
          return made;
        });
  }

  /**
   * @param change makes the new settings of the present ones; nobody changes these meanwhile
   * @throws InvalidFieldsException as {@link #create}
   * @throws NotFoundException when there is none, or it was deleted
   */
  public Instrument update(Actor by, Id id, UnaryOperator<InstrumentDraft> change) {
    return database.write(
        () -> {
          database.hold("instrument", id);
          Instrument old = deletion.find(id).orElseThrow(() -> noSuch(change));
          InstrumentDraft draft = change.apply(old.settings());
          check(draft, old.settings());
          // What an earlier release took is not held against a change of something else.
          if (!Objects.equals(draft.transferConfig(), old.settings().transferConfig())) {
            HarvestPolicy.refuseUnusable(draft.transferConfig());
          }
          String folder = old.name().equals(draft.name()) ? old.folder() : folder(draft.name(), id);
          Instrument changed =
              new Instrument(
                  id, draft, folder, old.lastHarvestedAt(), old.createdAt(), clock.instant(), null);
          table.update(changed);
          audit(by, "update", id, Change.between(old.facts(), changed.facts()));
          return changed;
        });
  }

  /** What is wrong in itself is told before that there is no such instrument. */
  private NotFoundException noSuch(UnaryOperator<InstrumentDraft> change) {
    InstrumentDraft sent = change.apply(NOTHING);
    HarvestPolicy.of(sent.transferConfig());
    HarvestPolicy.refuseUnusable(sent.transferConfig());
    String path = sent.address().basePath();
    boolean local = sent.transport() == Transport.POSIX || sent.transport() == Transport.NFS;
    if (local && path != null) {
      roots.confine(BASE_PATH, path);
    }
    return new NotFoundException(THING);
  }

  /** Hides it and switches it off; its files stay. */
  public void delete(Actor by, Id id) {
    deletion.delete(by, id);
  }

  /** Brings a deleted one back, still switched off. */
  public Instrument restore(Actor by, Id id) {
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
  public Instrument live(Id id) {
    return deletion.live(id);
  }

  /** The instrument even when it was deleted: its files are still known by it. */
  public Instrument any(Id id) {
    return deletion.any(id);
  }

  /** Oldest first. */
  public Slice.Part<Instrument> list(Slice slice) {
    return table.list(slice);
  }

  /** Names of the live instruments that sign in with this account. */
  public List<String> namesUsingAccount(Id account) {
    return table.namesUsingAccount(account);
  }

  public void harvested(Id id, Instant now) {
    table.harvested(id, now);
  }

  /**
   * @param present what it was until now; what that pointed to need not be there any more
   */
  private void check(InstrumentDraft draft, @Nullable InstrumentDraft present) {
    HarvestPolicy.of(draft.transferConfig());
    new TextLimits()
        .line("name", draft.name())
        .line("cifs_host", draft.address().host())
        .line("cifs_share", draft.address().share())
        .path(BASE_PATH, draft.address().basePath())
        .prose("description", draft.about().description())
        .line("location", draft.about().location())
        .line("pid", draft.about().pid())
        .check();
    List<FieldProblem> problems = new ArrayList<>();
    Id account = draft.address().serviceAccount();
    boolean accountIsNew = isNewly(draft, present, it -> it.address().serviceAccount());
    if (account != null && accountIsNew && !accounts.hold(account)) {
      problems.add(
          FieldProblem.dangling("service_account_id", "Service account", account.toUuid()));
    }
    switch (draft.transport()) {
      case CIFS -> {
        notEmpty("cifs_host", draft.address().host(), problems);
        notEmpty("cifs_share", draft.address().share(), problems);
      }
      case SFTP -> notEmpty("cifs_host", draft.address().host(), problems);
      case S3 -> notEmpty("cifs_share", draft.address().share(), problems);
      case POSIX, NFS -> checkLocal(draft, present, problems);
    }
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
  }

  /** Whether something is pointed to, or put to work, that was not before. */
  private static boolean isNewly(
      InstrumentDraft draft,
      @Nullable InstrumentDraft present,
      Function<InstrumentDraft, @Nullable Object> reference) {
    return present == null
        || (draft.enabled() && !present.enabled())
        || !Objects.equals(reference.apply(draft), reference.apply(present));
  }

  private void checkLocal(
      InstrumentDraft draft, @Nullable InstrumentDraft present, List<FieldProblem> problems) {
    String path = draft.address().basePath();
    if (path == null || path.isEmpty()) {
      problems.add(FieldProblem.missing(BASE_PATH));
    } else if (isNewly(draft, present, it -> List.of(it.transport(), path(it)))) {
      roots.confine(BASE_PATH, path);
    }
  }

  private static String path(InstrumentDraft draft) {
    return Objects.requireNonNullElse(draft.address().basePath(), "");
  }

  private static void notEmpty(String field, String value, List<FieldProblem> problems) {
    if (value.isEmpty()) {
      problems.add(FieldProblem.of(field, "string_too_short", "This must not be empty", value));
    }
  }

  /**
   * A folder name of its own: the instrument's name made safe, and its id where another instrument
   * has that folder or had it before it was renamed, whose copies still lie there.
   */
  private String folder(String name, Id id) {
    String safe = safeName(name);
    if (table.claimFolder(safe, id)) {
      return safe;
    }
    String unique = safe + "-" + id.hex().substring(12);
    if (!table.claimFolder(unique, id)) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "name",
              "value_error",
              "The folders for this name belong to other instruments; choose another name",
              name));
    }
    return unique;
  }

  /**
   * The name without what a path gives a meaning to, and not ending like a folder of later
   * versions.
   */
  static String safeName(String name) {
    String safe = name.replaceAll("[/\\\\\\p{Cntrl}]", "_").strip();
    if (safe.isEmpty() || safe.startsWith(".") || safe.matches(".*\\.v\\d+")) {
      safe = "_" + safe + "_";
    }
    while (safe.getBytes(StandardCharsets.UTF_8).length > FOLDER_BYTES) {
      safe = safe.substring(0, safe.offsetByCodePoints(safe.length(), -1));
    }
    return safe;
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}
