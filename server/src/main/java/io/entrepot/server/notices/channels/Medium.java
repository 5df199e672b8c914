// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.notices.outgoing.Reply;
import java.util.Map;

/** One way of reaching people. */
@FunctionalInterface
interface Medium {

  /**
   * Tries once. Throws nothing that a person could have caused.
   *
   * @param settings of the channel, in the clear
   */
  Reply send(Map<String, Object> settings, Message message);
}
