// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Actor;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;

/** Lets a request through when the endpoint table says so, and at no other time. */
@Component
final class EndpointAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    var request = context.getRequest();
    boolean granted =
        Endpoints.find(request.getMethod(), request.getRequestURI())
            .filter(row -> allows(row.access(), who))
            .isPresent();
    return new AuthorizationDecision(granted && !isBeyond(request.getMethod(), who.get()));
  }

  private static boolean allows(Access access, Supplier<? extends @Nullable Authentication> who) {
    return switch (access) {
      case PUBLIC -> true;
      case SIGNED_IN -> who.get() instanceof SignedInToken;
      case ADMIN, SUPERUSER ->
          who.get() instanceof SignedInToken token && isAdmin(token.getPrincipal());
    };
  }

  /** Whether the credential is one for looking only and the request asks for more. */
  static boolean isBeyond(String method, @Nullable Authentication who) {
    return who instanceof SignedInToken token
        && token.signedIn().readOnly()
        && !READING.contains(method);
  }

  private static boolean isAdmin(Actor actor) {
    return actor.isAdmin();
  }
}
