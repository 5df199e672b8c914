// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import org.jspecify.annotations.Nullable;

/**
 * The envelope of an answer that tells of success.
 *
 * @param status always {@code success}
 * @param message for a person
 */
record Ok<T extends @Nullable Object>(String status, T data, String message) {

  private static final String SUCCESS = "success";

  static <T extends @Nullable Object> Ok<T> of(T data, String message) {
    return new Ok<>(SUCCESS, data, message);
  }
}
