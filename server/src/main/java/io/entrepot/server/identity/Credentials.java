// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.Optional;

/** The one place where a credential becomes somebody. */
final class Credentials implements Authenticator {

  private final Logins logins;
  private final ApiKeys keys;
  private final LocalSession local;

  Credentials(Logins logins, ApiKeys keys, LocalSession local) {
    this.logins = logins;
    this.keys = keys;
    this.local = local;
  }

  @Override
  public Optional<SignedIn> bearer(String token, String address) {
    return ApiKeys.looksLikeOne(token) ? keys.find(token, address) : logins.ofJwt(token);
  }

  @Override
  public Optional<SignedIn> session(String cookie) {
    return logins.ofCookie(cookie);
  }

  @Override
  public Optional<SignedIn> local() {
    return local.who();
  }
}
