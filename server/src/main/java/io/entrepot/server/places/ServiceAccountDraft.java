// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a service account to be.
 *
 * @param secret makes the secret part of the stored one, all of whose parts are null when the
 *     account is new
 */
public record ServiceAccountDraft(
    String name,
    String username,
    @Nullable String domain,
    AuthType authType,
    UnaryOperator<AccountSecret> secret) {}
