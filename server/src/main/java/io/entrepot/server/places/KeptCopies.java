// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import io.entrepot.storage.ObjectPath;
import java.util.List;

/** Says what a storage location is known to hold; the catalogue in a room above knows. */
@FunctionalInterface
public interface KeptCopies {

  /** Some of the copies that were proved there, newest first; empty when there never was one. */
  List<ObjectPath> someOf(Id storageLocation);
}
