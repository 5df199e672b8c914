// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** Whether passwords of this house sign anybody in, at any door. */
public final class LocalAccounts {

  private final boolean on;
  private final String provider;

  /**
   * @param provider what people call where they sign in instead
   */
  LocalAccounts(boolean on, String provider) {
    this.on = on;
    this.provider = provider;
  }

  public boolean areOn() {
    return on;
  }

  /**
   * Called before anything that is about such a password is looked at.
   *
   * @throws EntrepotException {@code FORBIDDEN} when they are switched off
   */
  public void require() {
    if (!on) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          "Accounts with a password are switched off here. Sign in with "
              + provider
              + " at /ui/login; programs use an API key.");
    }
  }
}
