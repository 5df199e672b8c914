// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/** What a write does with an object that is already there. */
public enum WriteMode {
  /** Refuse with {@code ALREADY_EXISTS}. */
  CREATE,
  /** Put the new object in its place. */
  REPLACE
}
