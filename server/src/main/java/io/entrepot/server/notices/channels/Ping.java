// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.util.Map;

/**
 * An address that is called when a run starts ({@code /start} at its end), succeeds, or does not
 * ({@code /fail}), as Healthchecks and its like understand it.
 */
final class Ping implements Wording {

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    URI url = Wording.address(settings, "url");
    String end =
        switch (message.what().event()) {
          case RunPhase.STARTED_EVENT -> "/start";
          case RunPhase.FAILED_EVENT -> "/fail";
          default -> "";
        };
    URI target =
        URI.create(url.getScheme() + "://" + url.getRawAuthority() + path(url) + end + query(url));
    return Call.post(target, "text/plain", message.what().message());
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String query(URI url) {
    return url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
  }
}
