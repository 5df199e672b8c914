// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.Optional;

/** The one place where a credential becomes somebody. */
final class Credentials implements Authenticator {

  private final Logins logins;
  private final ApiKeys keys;

  Credentials(Logins logins, ApiKeys keys) {
    this.logins = logins;
    this.keys = keys;
  }

  @Override
  public Optional<SignedIn> bearer(String token) {
    return ApiKeys.looksLikeOne(token) ? keys.find(token) : logins.ofJwt(token);
  }

  @Override
  public Optional<SignedIn> session(String cookie) {
    return logins.ofCookie(cookie);
  }
}
