// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.server.health.HealthPart;
import java.util.Optional;

/** Whether what happens is sealed and signed. */
final class LedgerPart implements HealthPart {

  private final LedgerClock clock;

  LedgerPart(LedgerClock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "ledger";
  }

  @Override
  public Optional<String> trouble() {
    return clock.trouble();
  }
}
