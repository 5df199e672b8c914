// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.CidrBlock;
import io.entrepot.base.Id;
import java.util.List;
import java.util.Set;

/**
 * What a credential proved: who it is, which login it belongs to, and what it is good for.
 *
 * @param actor the live, enabled account behind the credential, with its role of now or, for a key
 *     of less, a lower one
 * @param login the row to revoke for this login to end; for an API key, the key's own id
 * @param kind of the credential
 * @param limits of the credential
 */
public record SignedIn(Actor actor, Id login, Kind kind, Limits limits) {

  /**
   * What a credential is not good for, though its owner may do it.
   *
   * @param readOnly whether it is good for looking only
   * @param doors the only ones it opens; empty for every door
   * @param networks the only ones it is good in; empty for everywhere
   */
  public record Limits(boolean readOnly, Set<Door> doors, List<CidrBlock> networks) {

    static final Limits NONE = new Limits(false, Set.of(), List.of());

    public Limits {
      doors = Set.copyOf(doors);
      networks = List.copyOf(networks);
    }

    public boolean opens(Door door) {
      return doors.isEmpty() || doors.contains(door);
    }

    /** Whether it may be sent from this address. */
    public boolean allows(String address) {
      return networks.isEmpty() || networks.stream().anyMatch(one -> one.contains(address));
    }
  }

  /** What somebody showed to be let in. */
  public enum Kind {
    /** What signing in with a password gave: a token or a cookie. */
    LOGIN,
    API_KEY,
    /** A key that the sync door holds for somebody. */
    LOCAL_TOKEN
  }

  /** A login, which is good for all that its owner may do. */
  public SignedIn(Actor actor, Id login) {
    this(actor, login, Kind.LOGIN, Limits.NONE);
  }

  /** The same one, on a request that came from this address. */
  public SignedIn from(String address) {
    return new SignedIn(actor.from(address), login, kind, limits);
  }
}
