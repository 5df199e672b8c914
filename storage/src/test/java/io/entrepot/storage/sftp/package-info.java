// SPDX-License-Identifier: Apache-2.0
/**
 * The SFTP store against a real sshd and against bad networks.
 *
 * <p>Nothing here talks to a server that is not a real one.
 */
@NullMarked
package io.entrepot.storage.sftp;

import org.jspecify.annotations.NullMarked;
