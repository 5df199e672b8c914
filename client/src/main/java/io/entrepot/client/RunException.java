// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

/**
 * A run went another way than was waited for: it did not begin, did not end, or did not complete.
 */
public final class RunException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  RunException(String message) {
    super(message);
  }
}
