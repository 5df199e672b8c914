// SPDX-License-Identifier: Apache-2.0
/**
 * Backups of the server itself: its database, settings, checkpoints and, where asked for, keys.
 *
 * <p>Works on the data directory, beside a running server or without one; the server itself only
 * tells how the last one went. Owns the format in {@code docs/formats/server-backup.md}. Never
 * touches a harvested file, never replaces a file or fills a folder that is in use.
 */
@NullMarked
package io.entrepot.server.admin.backup;

import org.jspecify.annotations.NullMarked;
