// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.mail.Mailer;
import io.entrepot.server.notices.outgoing.Outgoing;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class ChannelWiring {

  @Bean
  Outgoing outgoing(EntrepotSettings settings) {
    return new Outgoing(settings.outgoing().allow());
  }

  @Bean
  Channels noticeChannels(
      Database database, SecretBox secrets, IdSource ids, InstantSource clock, AuditTrail audit) {
    return new Channels(database, secrets, ids, clock, audit);
  }

  @Bean
  Deliveries deliveries(Database database, IdSource ids, InstantSource clock) {
    return new Deliveries(database, ids, clock);
  }

  @Bean
  Announcer announcer(
      Database database, Inbox inbox, Accounts accounts, Channels channels, Deliveries deliveries) {
    return new Announcer(
        database, draft -> inbox.tell(accounts.administrators(), draft), channels, deliveries);
  }

  @Bean
  RunPings runPings(Database database, Channels channels, Deliveries deliveries) {
    return new RunPings(database, channels, deliveries);
  }

  @Bean
  Media media(Outgoing outgoing, Mailer mailer) {
    return new Media(outgoing, mailer, Media.Services.REAL);
  }

  @Bean
  Courier courier(
      Database database, Channels channels, Media media, Courier.Told told, InstantSource clock) {
    return new Courier(database, channels, media, told, clock);
  }

  @Bean
  Courier.Told undelivered(Inbox inbox, Accounts accounts, EntrepotSettings settings) {
    return new Courier.Told(
        draft -> inbox.tell(accounts.administrators(), draft), settings.address());
  }

  @Bean
  CourierRounds courierRounds(Courier courier, Deliveries deliveries) {
    return new CourierRounds(courier, deliveries);
  }

  @Bean
  ChannelTests channelTests(Deliveries deliveries, Courier courier) {
    return new ChannelTests(deliveries, courier);
  }
}
