// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.util.Locale;

/** How a service account proves who it is. */
public enum AuthType {
  PASSWORD,
  SSH_KEY,
  KEYTAB;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
