// SPDX-License-Identifier: Apache-2.0
/**
 * The SFTP connector: a {@link io.entrepot.storage.Store} on somebody else's SSH server.
 *
 * <p>Owns the connection pool, host key pinning and SFTP version 3 as it goes over the wire, with
 * many requests under way at once. The SSH transport is Apache MINA's; none of its types leave this
 * package, and none of its exceptions do. Never runs a command on the far side and never follows a
 * symbolic link below the base.
 */
@NullMarked
package io.entrepot.storage.sftp;

import org.jspecify.annotations.NullMarked;
