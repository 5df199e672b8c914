// SPDX-License-Identifier: Apache-2.0
/**
 * Real peers and bad networks for tests: a real sshd, and a proxy that spoils connections.
 *
 * <p>Also for the tests of other modules. A peer that is missing fails the test on a build machine
 * and skips it with a reason elsewhere; nothing here pretends to be a peer.
 */
@NullMarked
package io.entrepot.storage.peer;

import org.jspecify.annotations.NullMarked;
