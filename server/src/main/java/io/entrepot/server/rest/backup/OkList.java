// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.database.Slice;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * The envelope of a part of a list: the data is the plain list, and where it stands in the whole is
 * told beside it.
 */
record OkList<T>(String status, List<T> data, String message, Pagination pagination) {

  OkList {
    data = List.copyOf(data);
  }

  /**
   * Which part of a list this is.
   *
   * @param total how many the whole list has, or how far it was counted
   * @param nextOffset where the next part begins; null at the end
   */
  record Pagination(
      long total,
      int limit,
      int offset,
      @JsonProperty("next_offset") @Nullable Integer nextOffset) {}

  /** What a service found, each item turned into its wire form. */
  static <S, T> ResponseEntity<OkList<T>> of(
      Slice.Part<S> part, ListQuery query, String message, Function<S, T> wire) {
    int end = query.offset() + part.items().size();
    boolean goesOn = part.goesOn(query.slice());
    Pagination pagination =
        new Pagination(part.total(), query.limit(), query.offset(), goesOn ? end : null);
    List<T> data = part.items().stream().map(wire).toList();
    return ResponseEntity.ok()
        .headers(headers -> count(headers, part))
        .body(new OkList<>("success", data, message, pagination));
  }

  private static void count(HttpHeaders headers, Slice.Part<?> part) {
    headers.set("X-Total-Count", Long.toString(part.total()));
    if (!part.exact()) {
      headers.set("X-Total-Count-Capped", "true");
    }
  }
}
