// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.notices.mail.Mailer;
import io.entrepot.server.notices.outgoing.Outgoing;
import java.net.URI;
import java.util.List;

/** Which medium leads where. */
final class Media {

  private final Outgoing outgoing;
  private final Mailer mailer;
  private final Services services;

  /** Where the services are that have one address for all. */
  record Services(URI telegram, URI pushover) {
    static final Services REAL = new Services(Telegram.SERVICE, Pushover.SERVICE);
  }

  Media(Outgoing outgoing, Mailer mailer, Services services) {
    this.outgoing = outgoing;
    this.mailer = mailer;
    this.services = services;
  }

  Medium of(Provider provider) {
    return switch (provider) {
      case WEBHOOK -> over(new Webhook());
      case NTFY -> over(new Ntfy());
      case DISCORD -> over(new Discord());
      case SLACK -> over(new Slack());
      case TELEGRAM -> over(new Telegram(services.telegram()));
      case PING -> over(new Ping());
      case PUSHOVER -> over(new Pushover(services.pushover()));
      case EMAIL ->
          (settings, message) ->
              mailer.send(
                  List.of(Wording.text(settings, "to").split(" *, *")),
                  new Mailer.Letter(message.what().title(), message.body()));
    };
  }

  private Medium over(Wording wording) {
    return (settings, message) -> outgoing.send(wording.call(settings, message));
  }
}
