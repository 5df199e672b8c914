// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.database.Slice;
import java.util.List;
import java.util.function.Function;

/**
 * A part of a list as it is sent.
 *
 * @param total how many items the whole list has
 */
record ListEnvelope<T>(List<T> items, long total, int skip, int limit) {

  ListEnvelope {
    items = List.copyOf(items);
  }

  /** What a service found, each item turned into its wire form. */
  static <S, T> ListEnvelope<T> of(Slice.Part<S> part, Paging paging, Function<S, T> wire) {
    return new ListEnvelope<>(
        part.items().stream().map(wire).toList(), part.total(), paging.skip(), paging.limit());
  }
}
