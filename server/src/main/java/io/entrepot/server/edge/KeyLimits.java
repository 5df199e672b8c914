// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Door;
import io.entrepot.server.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** What a credential is not good for, though its owner may do it. */
final class KeyLimits {

  private KeyLimits() {}

  /**
   * Why this request is refused, for a person; empty when the credential does not stand in its way.
   */
  static Optional<String> refusal(
      HttpServletRequest request, Endpoint row, @Nullable Authentication who) {
    return who instanceof SignedInToken token
        ? refusal(request, row, token.signedIn())
        : Optional.empty();
  }

  private static Optional<String> refusal(
      HttpServletRequest request, Endpoint row, SignedIn credential) {
    String address = RequestOrigin.of(request).address();
    if (!credential.limits().allows(address)) {
      return Optional.of(
          "This API key is not good at the address that you come from, "
              + address
              + "; use it from the networks that it was made for");
    }
    if (!isOpenTo(credential.limits(), Family.of(request))) {
      return Optional.of("This API key is kept to other doors; use one that is good for this one");
    }
    if (row.access().needsLogin() && credential.kind() != SignedIn.Kind.LOGIN) {
      return Optional.of("No API key can do this; sign in first");
    }
    if (credential.limits().readOnly()
        && (row.acts() || !Endpoint.isReading(request.getMethod()))) {
      return Optional.of("This API key is for reading only; use one that may change things");
    }
    return Optional.empty();
  }

  private static boolean isOpenTo(SignedIn.Limits limits, Family family) {
    return switch (family) {
      // Where nothing tells whose a schedule is, harvest is asked, whose they all are so far.
      case HARVEST, SCHEDULES -> limits.opens(Door.HARVEST);
      case BACKUP -> limits.opens(Door.BACKUP);
      case SYNC -> limits.opens(Door.SYNC);
      case WORKSPACES -> limits.opens(Door.WORKSPACES);
      case SESSION -> limits.opens(Door.SESSION);
      case QUERY -> limits.opens(Door.QUERY);
      case DAV -> limits.opens(Door.DAV);
      case PAGES -> limits.doors().isEmpty();
      case SITE, NONE -> true;
    };
  }
}
