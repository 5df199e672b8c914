// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.server.database.Database;
import io.entrepot.server.settings.DurableFile;
import io.entrepot.server.settings.EntrepotSettings.AdminSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Sees to it that somebody can administrate: from the settings at start, or else through a link
 * with a token that is good once.
 */
public final class FirstAdministrator {

  private static final Credential SET_UP_LINK = new Credential("link", "", "set_up");

  private final Database database;
  private final Accounts accounts;
  private final IdentityTools tools;
  private final Path file;

  /**
   * @param file where the token is kept, readable by the server's user only
   */
  FirstAdministrator(Database database, Accounts accounts, IdentityTools tools, Path file) {
    this.database = database;
    this.accounts = accounts;
    this.tools = tools;
    this.file = file;
  }

  /** Makes the administrator the settings name, unless the address has an account already. */
  void makeConfigured(AdminSettings settings) {
    if (!settings.isSet() || new AccountTable(database).findByEmail(settings.email()).isPresent()) {
      return;
    }
    try {
      create(settings.email(), settings.password(), Actor.HOUSE);
    } catch (InvalidFieldsException e) {
      throw new EntrepotException(
          ErrorCode.INVALID_FIELD, "entrepot.admin.email: " + EmailAddress.SHAPE, e);
    } catch (WeakPasswordException e) {
      throw new EntrepotException(
          ErrorCode.INVALID_FIELD, "entrepot.admin.password: " + e.getMessage(), e);
    }
  }

  /** Whether nobody can administrate yet. */
  public boolean isMissing() {
    return new AccountTable(database).usableAdmins() == 0;
  }

  /**
   * The token for the set-up link, a new one each time it is asked for; empty when there is an
   * administrator, or passwords are switched off: then the first one comes through the provider.
   */
  public Optional<String> invite() {
    if (!isMissing() || !tools.localAccounts().areOn()) {
      return Optional.empty();
    }
    String token = Secret.fresh(tools.random());
    try {
      DurableFile.writeSecret(file, token + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return Optional.of(token);
  }

  /**
   * Makes the first administrator and uses the token up.
   *
   * @throws BadTokenException when the token is not the one of the last invitation, or there is an
   *     administrator already
   * @throws WeakPasswordException when the password will not do; the token stays good
   * @throws EntrepotException {@code FORBIDDEN} where passwords are switched off
   */
  public synchronized Account complete(String token, String email, String password, Origin origin) {
    tools.localAccounts().require();
    if (!isMissing() || !isInvited(token)) {
      throw new BadTokenException();
    }
    Account made = create(email, password, Actor.HOUSE.from(origin.address()).with(SET_UP_LINK));
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
    return made;
  }

  private boolean isInvited(String token) {
    try {
      byte[] invited = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
      return MessageDigest.isEqual(invited, token.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      return false;
    }
  }

  private Account create(String email, String password, Actor by) {
    return accounts.create(new NewAccount(email, password, Role.ADMIN), by);
  }
}
