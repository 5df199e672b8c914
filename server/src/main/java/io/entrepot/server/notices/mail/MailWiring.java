// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.identity.Outbox;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class MailWiring {

  @Bean
  Mailer mailer(EntrepotSettings settings, InstantSource clock) {
    return new Mailer(settings.mail(), clock);
  }

  /** Takes the place of the outbox that only says what it cannot send. */
  @Bean
  @ConditionalOnProperty("entrepot.mail.host")
  Outbox accountMail(Mailer mailer, EntrepotSettings settings) {
    return new AccountMail(mailer, Objects.requireNonNullElse(settings.address(), ""));
  }
}
