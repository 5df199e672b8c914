// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/**
 * What a store can do beyond the required verbs. A declared capability works; one not declared
 * refuses with {@code NOT_SUPPORTED}. The store exam checks both.
 */
public enum Capability {
  /** {@link Store#publish}: many objects get their final names, each atomically, none replaced. */
  PUBLISH,
  /**
   * {@link Store#write} with {@link WriteMode#CREATE} refuses, atomically, when the name exists.
   */
  CONDITIONAL_CREATE,
  /** {@link Store#setModified} is kept, to the second at least. */
  SET_MODIFIED,
  /** {@link Store#digest} is computed by the far side over the bytes it holds. */
  SERVER_DIGEST,
  /** A folder exists by itself and may be empty. */
  FOLDERS,
  /** {@link ObjectStat#fingerprint} changes whenever content changes, whatever its times say. */
  FINGERPRINT
}
