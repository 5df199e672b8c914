// SPDX-License-Identifier: Apache-2.0
/**
 * Whether this server can do its work right now.
 *
 * <p>A <em>part</em> is one thing the server cannot do without; whoever owns it registers it here.
 * Owns the question, for which nobody waits long, the database's answer and the disk's. Repairs
 * nothing.
 */
@NullMarked
package io.entrepot.server.health;

import org.jspecify.annotations.NullMarked;
