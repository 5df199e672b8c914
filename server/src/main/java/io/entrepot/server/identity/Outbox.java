// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

/** Where links go that only the owner of an address may see. */
public interface Outbox {

  /** What a link is for. */
  enum Purpose {
    RESET_PASSWORD,
    VERIFY_EMAIL
  }

  /**
   * Sends the account's address a link with this token. Returns at once; a failure is the outbox's
   * own to report.
   *
   * @param token to be shown to nobody but the owner of the address
   */
  void send(Account account, Purpose purpose, String token);
}
