// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is about to be made, or that a rule says not to make.
 *
 * @param number 1 for the first attempt on this version and storage location
 * @param skip why it is skipped; null for one that will be made
 */
public record Attempt(
    Id transfer,
    Id file,
    int version,
    Id storageLocation,
    Id run,
    int number,
    @Nullable Skip skip) {

  /**
   * @param rule which rule in which wording, so that it is asked again when its wording changes
   */
  public record Skip(String reason, String rule) {}
}
