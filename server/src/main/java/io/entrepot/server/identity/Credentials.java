// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.Optional;

/** The one place where a credential becomes somebody. */
final class Credentials implements Authenticator {

  private final Logins logins;
  private final ApiKeys keys;
  private final LocalSession local;
  private final RecentCredentials recent;

  Credentials(Logins logins, ApiKeys keys, LocalSession local, RecentCredentials recent) {
    this.logins = logins;
    this.keys = keys;
    this.local = local;
    this.recent = recent;
  }

  @Override
  public Optional<SignedIn> bearer(String token, String address) {
    // What a key proves depends on where it was sent from.
    return recent.find(
        "bearer " + Secret.hash(address) + token,
        () -> ApiKeys.looksLikeOne(token) ? keys.find(token, address) : logins.ofJwt(token));
  }

  @Override
  public Optional<SignedIn> session(String cookie) {
    return recent.find("cookie " + cookie, () -> logins.ofCookie(cookie));
  }

  @Override
  public Optional<SignedIn> sessionKey(String key, Origin from) {
    return recent.find(
        "session key "
            + String.join(
                " ", Secret.hash(key), Secret.hash(from.address()), Secret.hash(from.device())),
        () -> logins.ofSessionKey(key, from));
  }

  @Override
  public Optional<SignedIn> local() {
    return local.who();
  }
}
