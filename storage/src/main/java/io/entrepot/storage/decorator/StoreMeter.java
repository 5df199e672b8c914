// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.ErrorCode;

/**
 * Hears what a store did. Told by many threads at once, by each for itself; answers quickly and
 * never throws.
 */
public interface StoreMeter {

  /**
   * Bytes that were read from the store or written to it: some at a time, so that a long file is
   * seen on its way.
   *
   * @param verb {@link Verb#READ} or {@link Verb#WRITE}
   */
  void moved(Verb verb, long bytes);

  /**
   * A call ended, well or not.
   *
   * @param nanos how long the store itself took: not whoever read what it gave, nor where that came
   *     from which it wrote
   */
  void ended(Verb verb, long nanos);

  /** A call failed, of itself; told before it ended. */
  void failed(Verb verb, ErrorCode code);
}
