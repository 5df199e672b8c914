// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a storage location to be.
 *
 * @param config settings as sent; a secret that reads {@code ****} keeps its stored value; null
 *     leaves stored settings alone
 */
public record StorageLocationDraft(
    String name,
    StorageType type,
    String basePath,
    @Nullable Map<String, @Nullable Object> config,
    boolean enabled) {}
