// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is handed.
 *
 * @param id the same each time it is tried
 * @param sentAt when this attempt is made
 * @param address where more is to be seen, as a whole web address; null where the server does not
 *     know its own, or there is nothing more
 */
record Message(Id id, Announcement what, Instant sentAt, @Nullable String address) {

  /** All of it as plain text, without the title. */
  String body() {
    return address == null ? what.message() : what.message() + "\n\n" + address;
  }
}
