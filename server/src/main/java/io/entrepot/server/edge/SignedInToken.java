// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.SignedIn;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/**
 * Somebody who has proved who they are. The principal is the {@link Actor}; a controller that needs
 * the login itself, to end it, takes this token as a parameter.
 */
public final class SignedInToken extends AbstractAuthenticationToken {

  private final transient SignedIn signedIn;

  public SignedInToken(SignedIn signedIn) {
    super(List.of(new SimpleGrantedAuthority("ROLE_" + signedIn.actor().role())));
    this.signedIn = signedIn;
    setAuthenticated(true);
  }

  public SignedIn signedIn() {
    return signedIn;
  }

  @Override
  public Actor getPrincipal() {
    return signedIn.actor();
  }

  @Override
  public @Nullable Object getCredentials() {
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SignedInToken token && token.signedIn.equals(signedIn);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(signedIn);
  }
}
