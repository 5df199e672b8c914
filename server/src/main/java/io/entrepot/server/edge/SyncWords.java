// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

/** The sync family's codes where they are not those of the catalogue in small letters. */
final class SyncWords {

  private SyncWords() {}

  static String code(Problem problem) {
    return switch (problem.code()) {
      case NOBODY_SIGNED_IN -> "no_user_logged_in";
      case INTERNAL_ERROR -> "server_error";
      case PATH_REFUSED, NAME_REFUSED -> "validation_error";
      case STORE_UNREACHABLE, STORE_HOST_UNKNOWN, ISSUER_FAILED -> "server_unreachable";
      default -> ErrorBodies.small(problem.code());
    };
  }
}
