// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Outbox;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class MailWiring {

  @Bean
  Mailer mailer(EntrepotSettings settings, InstantSource clock) {
    return new Mailer(settings.mail(), clock);
  }

  @Bean
  Letters letters(Mailer mailer) {
    return new Letters(mailer);
  }

  @Bean
  Outbox outbox(Letters letters, EntrepotSettings settings) {
    return settings.mail().isSet()
        ? new AccountMail(letters, Objects.requireNonNullElse(settings.address(), ""))
        : new UnsentNotice();
  }

  @Bean
  MailedNotices mailedNotices(
      Inbox inbox,
      Accounts accounts,
      Database database,
      Letters letters,
      EntrepotSettings settings) {
    return new MailedNotices(inbox, accounts, database, letters, settings);
  }
}
