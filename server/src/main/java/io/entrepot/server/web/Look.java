// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.Locale;

/** How urgent something looks; the style sheets know these by their words. */
enum Look {
  OK,
  RUN,
  WARN,
  BAD,
  /** Unknown, because it could not be read: neither good nor bad. */
  BLIND,
  IDLE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
