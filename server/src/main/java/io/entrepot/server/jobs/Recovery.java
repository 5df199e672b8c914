// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

/** What becomes of a running job whose server died or was stopped. */
public enum Recovery {
  /** It starts again by itself and must skip what its earlier start finished. */
  RESUME,
  /** It fails with reason INTERRUPTED. */
  FAIL
}
