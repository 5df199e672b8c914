// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Outbox;

/**
 * Sends the links by which an owner of an address gets back in. The link is nowhere but in the
 * letter.
 */
final class AccountMail implements Outbox {

  private final Letters letters;
  private final String address;

  /**
   * @param address of this server, without a slash at its end
   */
  AccountMail(Letters letters, String address) {
    this.letters = letters;
    this.address = address;
  }

  @Override
  public void send(Account account, Purpose purpose, String token) {
    letters.sendLink(account.email(), letter(purpose, token), "A link for account " + account.id());
  }

  private Mailer.Letter letter(Purpose purpose, String token) {
    return switch (purpose) {
      case RESET_PASSWORD ->
          new Mailer.Letter(
              "A new password for Entrepot",
              text("set a new password", "/ui/recovery/password?token=" + token));
      case VERIFY_EMAIL ->
          new Mailer.Letter(
              "Is this your address?",
              text("say that this address is yours", "/ui/recovery/address?token=" + token));
    };
  }

  private String text(String wish, String path) {
    return """
        Somebody, probably you, asked the Entrepot server at %s to let you %s.
        This link does so, once, within an hour:

        %s

        Was it not you? Then leave it; nothing changes.
        """
        .formatted(address, wish, address + path);
  }
}
