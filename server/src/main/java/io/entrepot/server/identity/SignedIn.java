// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.util.Set;

/**
 * What a credential proved: who it is, which login it belongs to, and what it is good for.
 *
 * @param actor the live, enabled account behind the credential, with its role of now or, for a key
 *     of less, a lower one
 * @param login the row to revoke for this login to end; for an API key, the key's own id
 * @param kind of the credential
 * @param readOnly whether the credential is good for looking only
 * @param doors the only ones it opens; empty for every door
 */
public record SignedIn(Actor actor, Id login, Kind kind, boolean readOnly, Set<Door> doors) {

  /** What somebody showed to be let in. */
  public enum Kind {
    /** What signing in with a password gave: a token or a cookie. */
    LOGIN,
    API_KEY,
    /** A key that the sync door holds for somebody. */
    LOCAL_TOKEN
  }

  public SignedIn {
    doors = Set.copyOf(doors);
  }

  /** A login, which is good for all that its owner may do. */
  public SignedIn(Actor actor, Id login) {
    this(actor, login, Kind.LOGIN, false, Set.of());
  }

  /** The same one, on a request that came from this address. */
  public SignedIn from(String address) {
    return new SignedIn(actor.from(address), login, kind, readOnly, doors);
  }

  public boolean opens(Door door) {
    return doors.isEmpty() || doors.contains(door);
  }
}
