// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.TextLimits;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.identity.SoftDeletion;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.secrets.SecretBox;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The service accounts: made, changed, deleted and restored by administrators. */
public final class ServiceAccounts {

  /** Says which live things use an account, by name; they live in rooms above this one. */
  public interface Users {
    List<String> namesUsing(Id account);
  }

  private static final String KIND = "service_account";

  private final ServiceAccountTable table;
  private final Database database;
  private final SecretBox secrets;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final SoftDeletion<ServiceAccount> deletion;

  public ServiceAccounts(Database database, PlaceTools tools) {
    this.table = new ServiceAccountTable(database);
    this.database = database;
    this.secrets = tools.secrets();
    this.ids = tools.ids();
    this.clock = tools.clock();
    this.audit = tools.audit();
    this.deletion =
        new SoftDeletion<>(
            new SoftDeletion.Kind("Service account", KIND), table, database, clock, audit);
  }

  /**
   * @throws InvalidFieldsException when a text is too long, or the host key is none
   */
  public ServiceAccount create(Actor by, ServiceAccountDraft draft) {
    AccountSecret secret = draft.secret().apply(AccountSecret.NONE);
    check(draft, secret, AccountSecret.NONE);
    Instant now = clock.instant();
    Id id = ids.next();
    ServiceAccount made =
        new ServiceAccount(
            id, draft.name(), draft.username(), draft.domain(), draft.authType(), now, now, null);
    database.write(
        () -> {
          table.insert(made, seal(id, secret));
          audit(by, "create", id, Change.between(Map.of(), made.facts()));
        });
    return made;
  }

  /**
   * @param change makes the new settings of the present ones; nobody changes these meanwhile
   * @throws InvalidFieldsException as {@link #create}
   * @throws NotFoundException when there is none, or it was deleted
   */
  public ServiceAccount update(Actor by, Id id, UnaryOperator<ServiceAccountDraft> change) {
    return database.write(
        () -> {
          database.hold("service_account", id);
          ServiceAccount old = live(id);
          ServiceAccountDraft draft = change.apply(old.settings());
          AccountSecret before = secret(id);
          AccountSecret after = draft.secret().apply(before);
          check(draft, after, before);
          ServiceAccount changed =
              new ServiceAccount(
                  id,
                  draft.name(),
                  draft.username(),
                  draft.domain(),
                  draft.authType(),
                  old.createdAt(),
                  clock.instant(),
                  null);
          table.update(changed, seal(id, after));
          Map<String, Change> changes = Change.between(old.facts(), changed.facts());
          changes.putAll(after.changesFrom(before));
          audit(by, "update", id, changes);
          return changed;
        });
  }

  /**
   * @param before what is stored, which is not held against a change of something else
   */
  private static void check(ServiceAccountDraft draft, AccountSecret after, AccountSecret before) {
    new TextLimits()
        .line("name", draft.name())
        .line("username", draft.username())
        .line("domain", draft.domain())
        .check();
    if (!Objects.equals(after.hostKey(), before.hostKey())) {
      HostKeyText.problem(after.hostKey())
          .ifPresent(
              words -> {
                throw new InvalidFieldsException(
                    FieldProblem.of("host_key", "value_error", words, null));
              });
    }
  }

  /**
   * Hides it.
   *
   * @throws EntrepotException {@code IN_USE} naming what still uses it
   */
  public void delete(Actor by, Id id, Users users) {
    deletion.delete(by, id, () -> checkUnused(users.namesUsing(id)));
  }

  private static void checkUnused(List<String> names) {
    if (!names.isEmpty()) {
      throw new EntrepotException(
          ErrorCode.IN_USE,
          "Used by the instruments "
              + String.join(", ", names)
              + ". Give them another account first.");
    }
  }

  public ServiceAccount restore(Actor by, Id id) {
    return deletion.restore(by, id);
  }

  public ServiceAccount live(Id id) {
    return deletion.live(id);
  }

  /** The account even when it was deleted. */
  public ServiceAccount any(Id id) {
    return deletion.any(id);
  }

  /** As {@link SoftDeletion#hold}: only inside a transaction. */
  public boolean hold(Id id) {
    return deletion.hold(id);
  }

  /** Oldest first. */
  public List<ServiceAccount> list(boolean withDeleted) {
    return table.list(new Slice(0, Integer.MAX_VALUE, withDeleted));
  }

  /**
   * The password in the clear, for an administrator who asks for it; the audit log says that he
   * did.
   *
   * @return null where the account has none
   */
  public @Nullable String reveal(Actor by, Id id) {
    return database.write(
        () -> {
          live(id);
          audit(by, "reveal", id, Map.of());
          return secret(id).password();
        });
  }

  /** The host key that the far side must have, which is no secret; empty for none. */
  public Optional<String> hostKey(Id id) {
    return Optional.ofNullable(secret(id).hostKey());
  }

  /** The secret part in the clear, for opening a store. Never leaves the server. */
  AccountSecret secret(Id id) {
    Map<String, @Nullable Object> parts =
        Objects.requireNonNull(Json.object(secrets.open(id, table.sealed(id))));
    return new AccountSecret(
        (String) parts.get("password"),
        (String) parts.get("private_key"),
        (String) parts.get("passphrase"),
        (String) parts.get("host_key"));
  }

  private String seal(Id id, AccountSecret secret) {
    return secrets.seal(id, Objects.requireNonNull(Json.text(secret.parts())));
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}
