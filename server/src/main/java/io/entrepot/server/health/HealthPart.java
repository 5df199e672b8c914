// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.health;

import java.util.Optional;

/** One thing the server cannot do without. Every bean of this kind is asked. */
public interface HealthPart {

  /** A short word for it, such as {@code database}; shown to anybody. */
  String name();

  /**
   * What is wrong with it, in words fit for anybody: no paths, addresses or names of accounts.
   * Empty when nothing is. One that throws, or takes longer than {@link Readiness} waits, is taken
   * for not well.
   */
  Optional<String> trouble();
}
