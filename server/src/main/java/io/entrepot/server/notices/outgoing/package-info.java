// SPDX-License-Identifier: Apache-2.0
/**
 * Requests that the server makes to addresses somebody typed in.
 *
 * <p>Owns which addresses may be reached at all, and how long and how much is waited for. Knows
 * nothing of what is sent. Whoever has to call such an address calls {@link
 * io.entrepot.server.notices.outgoing.Outgoing} and opens no connection of its own.
 */
@NullMarked
package io.entrepot.server.notices.outgoing;

import org.jspecify.annotations.NullMarked;
