// SPDX-License-Identifier: Apache-2.0
/**
 * What was answered to requests that carry an {@code Idempotency-Key}, so that one that is sent
 * again has no second effect.
 *
 * <p>Words: who sends a request <em>claims</em> it; one claim at a time holds it, and ends with an
 * answer that is <em>kept</em> or with none. Knows nothing of HTTP but a status, some headers and
 * bytes, and nothing of what a request does.
 */
@NullMarked
package io.entrepot.server.edge.answers;

import org.jspecify.annotations.NullMarked;
