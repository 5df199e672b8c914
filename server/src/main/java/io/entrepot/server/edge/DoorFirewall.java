// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/**
 * Spring's strict firewall, which at the sync door lets escaped slashes and percent signs through:
 * identifiers of that family hold them. What it lets through there, {@link RawPath} looks at.
 */
final class DoorFirewall implements HttpFirewall {

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
    // Two slashes are let through or not, escaped and plain alike; only the former are wanted.
    boolean free = Family.ofPath(path) == Family.SYNC && !path.contains("//");
    return (free ? identifiers : strict).getFirewalledRequest(request);
  }

  @Override
  public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
    return strict.getFirewalledResponse(response);
  }
}
