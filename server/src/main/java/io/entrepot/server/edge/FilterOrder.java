// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.springframework.core.Ordered;

/**
 * What is done with each request before any door is asked, in this order: for whom a proxy acts,
 * since all others go by it; its name, since all that is logged bears it; and so on.
 */
final class FilterOrder {

  static final int PROXY = Ordered.HIGHEST_PRECEDENCE;
  static final int REQUEST_ID = PROXY + 1;
  static final int METER = REQUEST_ID + 1;
  static final int OTHER_ORIGINS = METER + 1;
  static final int TRAILING_SLASH = OTHER_ORIGINS + 1;
  static final int EARLY = TRAILING_SLASH + 1;

  private FilterOrder() {}
}
