// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

/** Hears what goes through a {@link MeteredStore}. Called by many threads, often: be quick. */
public interface Meter {

  /** The verbs of a store that are counted. */
  enum Verb {
    STAT,
    LIST,
    READ,
    WRITE,
    DELETE,
    PUBLISH,
    SET_MODIFIED,
    DIGEST
  }

  /** A verb was asked for, whether it succeeds or not. */
  void called(Verb verb);

  /** So many bytes came out of the store. */
  void read(long bytes);

  /** The store took so many bytes from a source, kept or not. */
  void written(long bytes);
}
