// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/** What a login is carried by. */
public enum LoginKind {
  JWT,
  COOKIE,
  /** A cookie that outlives the browser. */
  REMEMBER,
  /** Nothing: programs on the same machine act in their name. */
  LOCAL
}
