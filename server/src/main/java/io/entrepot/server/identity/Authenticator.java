// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.Optional;

/**
 * Turns a credential into somebody.
 *
 * <p>Called once for each request that carries a credential, before anything else looks at it.
 * Empty means "not valid", whatever the reason: unknown, malformed, expired, revoked, or an account
 * that was deleted or disabled. Never throws for what a caller sent.
 */
public interface Authenticator {

  /**
   * Of the value after {@code Authorization: Bearer}: a JWT or an API key.
   *
   * @param address where the request came from, which is kept with a key
   */
  Optional<SignedIn> bearer(String token, String address);

  /** Of the value of the session cookie, under either of its two names. */
  Optional<SignedIn> session(String cookie);

  /**
   * Of the key that a client of the session door was given when it signed in.
   *
   * @param from has to be the address and the device that it was given to
   */
  Optional<SignedIn> sessionKey(String key, Origin from);

  /**
   * Of no credential at all, for a program on the machine that counts as whoever is signed in
   * there.
   */
  Optional<SignedIn> local();

  /** Nobody is ever signed in. */
  Authenticator NOBODY =
      new Authenticator() {
        @Override
        public Optional<SignedIn> bearer(String token, String address) {
          return Optional.empty();
        }

        @Override
        public Optional<SignedIn> sessionKey(String key, Origin from) {
          return Optional.empty();
        }

        @Override
        public Optional<SignedIn> local() {
          return Optional.empty();
        }

        @Override
        public Optional<SignedIn> session(String cookie) {
          return Optional.empty();
        }
      };
}
