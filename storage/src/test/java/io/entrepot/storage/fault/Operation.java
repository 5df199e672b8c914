// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

/** A moment at which a store may fail: before a verb, or before the next bytes of a stream. */
public enum Operation {
  STAT,
  LIST,
  LIST_NEXT,
  /** A child is handed out; when this fails, that child is passed by. */
  LIST_CHILD,
  READ,
  READ_BYTES,
  WRITE,
  WRITE_BYTES,
  DELETE,
  /** Once for every object of the call, so that a failure leaves some renamed. */
  PUBLISH,
  FLUSH,
  SET_MODIFIED,
  DIGEST
}
