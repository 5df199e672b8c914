// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/** What a login is carried by. */
public enum LoginKind {
  JWT,
  COOKIE,
  /** A cookie that outlives the browser. */
  REMEMBER,
  /** A key that the session door's clients send, from where it was given to and nowhere else. */
  SESSION_KEY,
  /** Nothing: programs on the same machine act in their name. */
  LOCAL
}
