// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks to an Entrepot server over HTTP, as any outsider would.
 *
 * <p>Owns the words of the harvest door that a Java program needs: sign in, set up an instrument, a
 * storage location and a schedule, trigger a run and follow it. Knows nothing of the server's code
 * and must never reach its database or folders.
 */
@NullMarked
package io.entrepot.client;

import org.jspecify.annotations.NullMarked;
