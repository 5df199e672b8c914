// SPDX-License-Identifier: Apache-2.0
/**
 * Secrets at rest: what the house must be able to read again, sealed under keys that lie apart from
 * the database.
 *
 * <p>Knows nothing of what it seals but the row it belongs to.
 */
@NullMarked
package io.entrepot.server.secrets;

import org.jspecify.annotations.NullMarked;
