// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring's strict firewall, which at the sync door lets escaped slashes and percent signs through:
 * identifiers of that family hold them. What it lets through there, {@link RawPath} looks at. At
 * the workspaces door it lets everything through: nobody is told there what is wrong with a request
 * before they said who they are, and {@link RequestGuard} refuses it behind that.
 */
final class DoorFirewall implements HttpFirewall {

  private static final Set<Family> ASK_WHO_FIRST = Set.of(Family.WORKSPACES, Family.QUERY);

  private final StrictHttpFirewall strict = new StrictHttpFirewall();
  private final StrictHttpFirewall identifiers = new StrictHttpFirewall();

  DoorFirewall() {
    identifiers.setAllowUrlEncodedSlash(true);
    identifiers.setAllowUrlEncodedDoubleSlash(true);
    identifiers.setAllowUrlEncodedPercent(true);
  }

  @Override
  public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
    String path = request.getRequestURI();
    Family family = Family.ofPath(path);
    if (ASK_WHO_FIRST.contains(family)) {
      return new AsItIs(request);
    }
    // Two slashes are let through or not, escaped and plain alike; only the former are wanted.
    boolean free = family == Family.SYNC && !path.contains("//");
    return (free ? identifiers : strict).getFirewalledRequest(request);
  }

  @Override
  public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
    return strict.getFirewalledResponse(response);
  }

  private static final class AsItIs extends FirewalledRequest {

    AsItIs(HttpServletRequest request) {
      super(request);
    }

    @Override
    public void reset() {
      // Nothing was changed.
    }
  }
}
