// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.settings.EntrepotSettings.Registration;
import org.jspecify.annotations.Nullable;

/** Decides who may make which account. */
public final class Registrar {

  private final Accounts accounts;
  private final Registration policy;
  private final LocalAccounts local;
  private final Throttle throttle;

  Registrar(Accounts accounts, Registration policy, LocalAccounts local, Throttle throttle) {
    this.accounts = accounts;
    this.policy = policy;
    this.local = local;
    this.throttle = throttle;
  }

  /**
   * Makes an account: anybody their own where registration is open, an administrator any.
   *
   * @param by who asks; null for somebody who is not signed in
   * @throws EntrepotException {@code FORBIDDEN} for a role above the lowest, or any account at all
   *     where registration is not open or passwords are switched off, unless an administrator asks
   *     who signed in: a key that makes an administrator has made another key
   * @throws io.entrepot.base.RetryLaterException when somebody who is no administrator made too
   *     many, or tried to
   */
  public Account register(NewAccount wanted, @Nullable SignedIn by, Origin origin) {
    boolean byAdmin = by != null && by.actor().isAdmin() && by.kind() == SignedIn.Kind.LOGIN;
    if (!byAdmin) {
      local.require();
    }
    if (!byAdmin && wanted.role() != Role.STANDARD) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          "Only an administrator who signed in can give the role admin; no API key can");
    }
    if (!byAdmin && policy == Registration.ADMIN_ONLY) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          "Accounts are made by administrators here, and by no API key. Ask one for yours.");
    }
    if (!byAdmin) {
      throttle.begin(AccountTable.folded(wanted.email()), origin.address(), false);
    }
    return by == null ? accounts.create(wanted, origin) : accounts.create(wanted, by.actor());
  }
}
