// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Outbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands where mail is not configured: the server's log says who waits for a link. */
final class UnsentNotice implements Outbox {

  private static final Logger LOG = LoggerFactory.getLogger(UnsentNotice.class);

  /** The token is dropped: whoever reads logs must not be able to take an account over. */
  @Override
  public void send(Account account, Purpose purpose, String token) {
    String wish =
        switch (purpose) {
          case RESET_PASSWORD -> "forgot the password; an administrator can set a new one";
          case VERIFY_EMAIL -> "asked to verify the address; an administrator can mark it verified";
        };
    LOG.warn("no mail is configured, so no link was sent: account {} {}", account.id(), wish);
  }
}
