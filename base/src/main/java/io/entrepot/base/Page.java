// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.List;
import java.util.Optional;

/**
 * One page of a longer list.
 *
 * @param items in the list's own order
 * @param next what to send to get the page after this one; empty on the last page
 */
public record Page<T>(List<T> items, Optional<String> next) {

  public Page {
    items = List.copyOf(items);
  }
}
