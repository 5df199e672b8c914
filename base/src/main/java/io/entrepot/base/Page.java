// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One page of a longer list.
 *
 * @param items in the list's own order
 * @param next what to send to get the page after this one; empty on the last page
 * @param total how many items the whole list has, where that is known
 */
public record Page<T>(List<T> items, Optional<String> next, OptionalLong total) {

  public Page {
    items = List.copyOf(items);
  }
}
