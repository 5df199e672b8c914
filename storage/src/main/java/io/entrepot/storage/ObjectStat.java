// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import java.time.Instant;

/**
 * What a store says of one object, without reading it.
 *
 * @param size in bytes; 0 for anything that is not a file
 * @param modified as precise as the store knows it
 * @param fingerprint changes when the content changes, as far as the store can tell (inode and
 *     change time, ETag); empty where it cannot, compared for equality only
 */
public record ObjectStat(
    ObjectPath path, Kind kind, long size, Instant modified, String fingerprint) {

  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Same size, time and fingerprint: as far as the store can tell, the same content. */
  public boolean sameVersion(ObjectStat other) {
    return size == other.size
        && modified.equals(other.modified)
        && fingerprint.equals(other.fingerprint);
  }
}
