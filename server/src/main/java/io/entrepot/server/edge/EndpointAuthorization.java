// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Actor;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
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

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    Optional<Endpoint> row = Endpoints.find(request.getMethod(), request.getRequestURI());
    boolean granted =
        row.filter(found -> allows(found.access(), who)).isPresent()
            && KeyLimits.refusal(request, row.get().access(), who.get()).isEmpty();
    return new AuthorizationDecision(granted);
  }

  private static boolean allows(Access access, Supplier<? extends @Nullable Authentication> who) {
    return switch (access) {
      case PUBLIC -> true;
      case SIGNED_IN, LOGIN -> who.get() instanceof SignedInToken;
      case ADMIN, SUPERUSER ->
          who.get() instanceof SignedInToken token && isAdmin(token.getPrincipal());
    };
  }

  private static boolean isAdmin(Actor actor) {
    return actor.isAdmin();
  }
}
