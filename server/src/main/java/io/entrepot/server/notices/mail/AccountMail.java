// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Outbox;
import io.entrepot.server.notices.outgoing.Reply;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the links by which an owner of an address gets back in. The link is nowhere but in the
 * letter, so a letter that cannot be handed over is tried again from memory, for a few minutes.
 */
final class AccountMail implements Outbox, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccountMail.class);

  private static final int ATTEMPTS = 4;
  private static final int SECONDS_BETWEEN = 60;

  private final Mailer mailer;
  private final String address;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(1, Thread.ofVirtual().factory());

  /**
   * @param address of this server, without a slash at its end
   */
  AccountMail(Mailer mailer, String address) {
    this.mailer = mailer;
    this.address = address;
  }

  @Override
  public void send(Account account, Purpose purpose, String token) {
    threads.execute(() -> attempt(account, letter(purpose, token), 1));
  }

  private void attempt(Account account, Mailer.Letter letter, int attempt) {
    Reply reply = mailer.send(List.of(account.email()), letter);
    if (reply.isGood()) {
      return;
    }
    if (attempt == ATTEMPTS) {
      LOG.error("A link for account {} was not sent. {}", account.id(), reply.words());
      return;
    }
    try {
      var _ =
          threads.schedule(
              () -> attempt(account, letter, attempt + 1), SECONDS_BETWEEN, TimeUnit.SECONDS);
    } catch (RejectedExecutionException _) {
      LOG.error("A link for account {} was not sent: the server stops.", account.id());
    }
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

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
