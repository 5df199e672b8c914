// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.time.Instant;

/** Somebody is signed in, until it expires or is ended. */
public record Login(Id id, Id account, LoginKind kind, Instant createdAt, Instant expiresAt) {

  /**
   * A login just opened.
   *
   * @param token what the client is to send from now on; known to nobody else, not even to us
   */
  public record Opened(Login login, String token) {
    @Override
    public String toString() {
      return "Opened[login=" + login + ", token=****]";
    }
  }
}
