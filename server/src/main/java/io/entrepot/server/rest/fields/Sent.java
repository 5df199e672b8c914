// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import org.jspecify.annotations.Nullable;

/** What a request says of one field: what was sent is laid over what is stored. */
@FunctionalInterface
public interface Sent<T extends @Nullable Object> {
  T over(T stored);
}
