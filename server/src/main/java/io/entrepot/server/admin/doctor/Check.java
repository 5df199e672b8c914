// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.sql.SQLException;

/** Looks at one thing that a server needs. */
interface Check {

  /** A short word or two for it; stable, so that scripts can rely on it. */
  String name();

  /**
   * Looks within half a minute and leaves everything as it was.
   *
   * @throws IOException where it cannot be looked at, which is told as a fault
   */
  Outcome look() throws IOException, SQLException;
}
