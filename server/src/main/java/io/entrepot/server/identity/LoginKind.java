// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/** What a login is carried by. */
public enum LoginKind {
  JWT,
  COOKIE
}
