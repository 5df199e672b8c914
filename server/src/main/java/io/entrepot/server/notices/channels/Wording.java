// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.util.Map;

/** How a service that is called over HTTP wants to be told. */
@FunctionalInterface
interface Wording {

  /**
   * @param settings of the channel, in the clear
   */
  Call call(Map<String, Object> settings, Message message);

  static String text(Map<String, Object> settings, String name) {
    return String.valueOf(settings.getOrDefault(name, ""));
  }

  static URI address(Map<String, Object> settings, String name) {
    return URI.create(text(settings, name));
  }
}
