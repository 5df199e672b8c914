// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import org.jspecify.annotations.Nullable;

/**
 * What was thrown, for the log: its kinds and its stacks without their messages. These may hold an
 * address that is a secret.
 */
final class Wordless extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** More causes tell nobody more. */
  private static final int MOST_CAUSES = 10;

  private Wordless(Throwable thrown, @Nullable Throwable cause) {
    super(thrown.getClass().getName(), cause);
    setStackTrace(thrown.getStackTrace());
  }

  static Throwable of(Throwable thrown) {
    return of(thrown, MOST_CAUSES);
  }

  private static Wordless of(Throwable thrown, int left) {
    Throwable cause = thrown.getCause();
    return new Wordless(thrown, cause == null || left == 0 ? null : of(cause, left - 1));
  }
}
