// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.storage.ObjectStat;

/**
 * A file as a walk comes by it.
 *
 * @param marked whether a file with the wanted marker's name stands beside it; true when no marker
 *     is wanted
 */
record Sighting(ObjectStat stat, boolean marked) {

  String path() {
    return stat.path().text();
  }
}
