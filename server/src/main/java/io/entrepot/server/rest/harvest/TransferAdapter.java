// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import java.util.Locale;

/** The names this family has for how bytes travel; kept and shown, not acted upon. */
enum TransferAdapter {
  RCLONE,
  GLOBUS,
  RSYNC;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
