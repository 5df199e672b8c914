// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a service account to be.
 *
 * @param secret parts that are null keep what is stored
 */
public record ServiceAccountDraft(
    String name,
    String username,
    @Nullable String domain,
    AuthType authType,
    AccountSecret secret) {}
