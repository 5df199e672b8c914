// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

/** The process that used a {@link CrashingStore} is dead; only the test may catch this. */
public final class Crash extends Error {

  private static final long serialVersionUID = 1;

  Crash(long operation) {
    super("crashed at operation " + operation);
  }
}
