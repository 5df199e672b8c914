// SPDX-License-Identifier: Apache-2.0
/**
 * Names what is wrong with the set-up of a server, each fault with what to do about it.
 *
 * <p>A <em>check</em> looks at one thing and finds it well or faulty, or has nothing to look at.
 * Works with the server stopped and beside a running one. Only looks: what is put somewhere for a
 * try is taken away again, and no record is changed.
 */
@NullMarked
package io.entrepot.server.admin.doctor;

import org.jspecify.annotations.NullMarked;
