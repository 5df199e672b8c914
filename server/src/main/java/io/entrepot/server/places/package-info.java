// SPDX-License-Identifier: Apache-2.0
/**
 * Where bytes can be: storage locations, and the service accounts that open them.
 *
 * <p>Owns turning a configured place into an open {@link io.entrepot.storage.Store}, and confining
 * local places to the configured roots. Never moves bytes, and shows no secret but a password that
 * an administrator asks for where the server is set to show them.
 */
@NullMarked
package io.entrepot.server.places;

import org.jspecify.annotations.NullMarked;
