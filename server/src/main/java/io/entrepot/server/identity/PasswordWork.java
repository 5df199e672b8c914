// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/**
 * How much work a guess at a password is made to be (Argon2id, one lane). Hashes that were made
 * with less are made anew when their owner signs in.
 *
 * @param memoryKib what one hash fills, in KiB
 * @param passes how often over it
 */
public record PasswordWork(int memoryKib, int passes) {

  /** OWASP's second recommended set: 19 MiB, two passes. */
  public static final PasswordWork STANDARD = new PasswordWork(19 * 1024, 2);
}
