// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/**
 * Where files are, seen from the server: a machine and a folder on it.
 *
 * @param port 0 for the transport's own
 * @param share share, export or bucket; empty where the transport knows none
 * @param path the folder to begin in; empty for the top
 * @param account who to sign in as; null for nobody
 * @param hostKey the key that the machine must show; null to believe the first one seen
 */
public record RemotePlace(
    Transport transport,
    String host,
    int port,
    String share,
    String path,
    @Nullable Id account,
    @Nullable String hostKey) {}
