// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

/** The verbs of a store, as a meter hears of them; a verb on many objects is one call. */
public enum Verb {
  STAT,
  LIST,
  /** Of each file, also of those read in turn. */
  READ,
  WRITE,
  DELETE,
  PUBLISH,
  FLUSH,
  SET_MODIFIED,
  DIGEST
}
