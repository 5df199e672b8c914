// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.custody.AuditEntry.Person;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.Change;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes into the audit log in the name of an account. */
public final class AuditTrail {

  /** Nobody was let in. */
  private static final String LOGIN_FAILED = "login_failed";

  /** A link to reset a password or to verify an address was asked for. */
  private static final String LINK_ASKED = "link_asked";

  /** A key was sent from a network that it is not good in. */
  private static final String KEY_REFUSED = "key_refused";

  /** All that can have been done. */
  public static final List<String> ACTIONS =
      List.of(
          "create",
          "update",
          "delete",
          "restore",
          "grant",
          "revoke",
          "trigger",
          "retry",
          "cancel",
          "reveal",
          "login",
          LOGIN_FAILED,
          LINK_ASKED,
          KEY_REFUSED,
          "logout");

  private final AuditLog log;

  public AuditTrail(AuditLog log) {
    this.log = log;
  }

  /**
   * What was done.
   *
   * @param action one of {@link #ACTIONS}
   * @param thing the kind of thing it was done to, such as {@code user}
   * @param changes what is different now, by field
   */
  public record Entry(String action, String thing, Id id, Map<String, Change> changes) {
    public Entry {
      if (!ACTIONS.contains(action)) {
        throw new IllegalArgumentException(action + " is no action of the audit log");
      }
      changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    }

    public static Entry of(String action, String thing, Id id) {
      return new Entry(action, thing, id, Map.of());
    }
  }

  /** Call it inside the transaction of what was done: both are kept, or neither. */
  public void record(Actor actor, Entry entry) {
    log.append(
        new Person(actor.account().hex(), actor.email(), actor.address(), actor.credential()),
        entry.action(),
        new Entity(entry.thing(), entry.id().hex()),
        entry.changes());
  }

  /**
   * That somebody tried to sign in and was not let in. What was typed in as the address is not
   * kept: now and then it is a password.
   *
   * @param account whose address it was; null when it is nobody's
   * @param tried the kind of credential that was not good
   */
  void recordFailedSignIn(@Nullable Id account, Origin origin, String tried) {
    recordNobody(LOGIN_FAILED, user(account), origin.address(), new Credential(tried, "", ""));
  }

  /**
   * That somebody asked for a link for an address.
   *
   * @param account whose address it was; null when it is nobody's
   */
  void recordLinkAsked(@Nullable Id account, Origin origin) {
    recordNobody(LINK_ASKED, user(account), origin.address(), Credential.UNKNOWN);
  }

  /**
   * That a good key came from a network that it is not good in: it may have been stolen.
   *
   * @param thing the kind of thing that keys are
   * @param key as the one who sent it showed it
   */
  void recordKeyRefused(String thing, Credential key, String address) {
    recordNobody(KEY_REFUSED, new Entity(thing, key.id()), address, key);
  }

  private static Entity user(@Nullable Id account) {
    return new Entity("user", account == null ? "unknown" : account.hex());
  }

  private void recordNobody(String action, Entity about, String address, Credential credential) {
    log.append(new Person("", "", address, credential), action, about, Map.of());
  }
}
