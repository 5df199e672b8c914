// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

/** What trying again would bring. */
public enum RetryAdvice {
  /** The same again fails again. */
  NEVER,
  /** May succeed at once or after a short wait. */
  SOON,
  /** Needs somebody to change something first: free space, a password, a permission. */
  AFTER_CHANGE
}
