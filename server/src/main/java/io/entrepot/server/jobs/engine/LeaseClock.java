// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import java.time.Instant;

/**
 * The time by which claims are taken and given up. It runs evenly: setting the machine's clock
 * forward or back must not make a claim expire or live for ever.
 */
@FunctionalInterface
interface LeaseClock {
  Instant now();
}
