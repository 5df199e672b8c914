// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in on the machine itself, for programs there that send no credential: one person at
 * a time, until they leave or the server stops.
 */
public final class LocalSession {

  private final Logins logins;
  private final AtomicReference<@Nullable Id> current = new AtomicReference<>();

  LocalSession(Logins logins) {
    this.logins = logins;
  }

  /** From now on it is this one; whoever it was before is signed out. */
  public void begin(Login login, Origin origin) {
    Id before = current.getAndSet(login.id());
    if (before != null) {
      logins.ofLocal(before).ifPresent(old -> logins.end(old, origin));
    }
  }

  /** Empty when nobody is, also when their login was ended elsewhere. */
  public Optional<SignedIn> who() {
    Id login = current.get();
    return login == null ? Optional.empty() : logins.ofLocal(login);
  }

  /** Signs somebody out, if it is them who is signed in. */
  public void end(Actor actor, Origin origin) {
    who()
        .filter(found -> found.actor().account().equals(actor.account()))
        .ifPresent(
            found -> {
              current.updateAndGet(held -> found.login().equals(held) ? null : held);
              logins.end(found, origin);
            });
  }
}
