// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

/** Whose turn it is when something failed. */
public enum ErrorCategory {
  /** The request is wrong; sending it again unchanged fails again. */
  CALLER,
  /** The request is right, the present state is not; look again, then decide. */
  CONFLICT,
  /** Bytes are not what they were. Never retried away, downgraded or hidden. */
  INTEGRITY,
  /** Space, memory, time or quota ran out here. */
  RESOURCES,
  /** Another machine or program did not do its part. */
  EXTERNAL,
  /** A fault of ours. */
  INTERNAL
}
