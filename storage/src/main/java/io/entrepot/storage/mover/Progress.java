// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

/**
 * Hears how far orders have come. Called often and by several threads at once: be quick, and throw
 * nothing.
 */
@FunctionalInterface
public interface Progress {

  /**
   * So many more bytes of this order's source were read. When an attempt is thrown away, what it
   * had read is taken back with a negative count.
   */
  void read(CopyOrder order, long bytes);
}
