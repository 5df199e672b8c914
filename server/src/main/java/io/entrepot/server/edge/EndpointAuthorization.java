// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

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
class EndpointAuthorization implements AuthorizationManager<RequestAuthorizationContext> {

  private final MonitorAccess monitors;
  private final LocalCallers callers;

  EndpointAuthorization(MonitorAccess monitors, LocalCallers callers) {
    this.monitors = monitors;
    this.callers = callers;
  }

  @Override
  public final AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    Optional<Endpoint> row = row(request);
    boolean granted =
        row.filter(found -> allows(found.access(), who, request)).isPresent()
            && KeyLimits.refusal(request, row.get(), who.get()).isEmpty();
    return new AuthorizationDecision(granted);
  }

  /** The row of the table that decides about a request. */
  Optional<Endpoint> row(HttpServletRequest request) {
    return Endpoints.find(request);
  }

  private boolean allows(
      Access access, Supplier<? extends @Nullable Authentication> who, HttpServletRequest request) {
    return switch (access) {
      case PUBLIC -> true;
      case SIGNED_IN_OR_LOCAL -> who.get() instanceof SignedInToken || callers.isOne(request);
      case SIGNED_IN, LOGIN -> who.get() instanceof SignedInToken;
      case ADMIN, ADMIN_LOGIN, SUPERUSER, SUPERUSER_LOGIN -> isAdmin(who);
      case MONITOR -> monitors.allows(request) || isAdmin(who);
    };
  }

  private static boolean isAdmin(Supplier<? extends @Nullable Authentication> who) {
    return who.get() instanceof SignedInToken token && token.getPrincipal().isAdmin();
  }
}
