// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import org.jspecify.annotations.Nullable;

/** What a PATCH says of one field: what was sent is laid over what is stored. */
@FunctionalInterface
interface Sent<T extends @Nullable Object> {
  T over(T stored);
}
