// SPDX-License-Identifier: Apache-2.0
/**
 * What is harvested: instruments with their rules, and people's requests for new ones.
 *
 * <p>Knows addresses and settings, opens nothing and moves nothing.
 */
@NullMarked
package io.entrepot.server.harvest.instruments;

import org.jspecify.annotations.NullMarked;
