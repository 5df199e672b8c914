// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import io.entrepot.server.identity.FirstAdministrator;
import io.entrepot.server.settings.EntrepotSettings;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started a new server how to become its administrator. */
@Component
final class SetUpNotice {

  private final FirstAdministrator first;
  private final EntrepotSettings settings;
  private final Environment environment;

  SetUpNotice(FirstAdministrator first, EntrepotSettings settings, Environment environment) {
    this.first = first;
    this.settings = settings;
    this.environment = environment;
  }

  /** On the console only: the token must not end up in a log file. */
  @EventListener(ApplicationReadyEvent.class)
  void print() {
    String port = environment.getProperty("local.server.port", Integer.toString(settings.port()));
    first
        .invite()
        .ifPresent(
            token ->
                System.out.printf(
                    "There is no administrator yet. Open this link, which works once:%n"
                        + "  http://%s:%s/ui/setup/%s%n",
                    host(settings.bind()), port, token));
  }

  /** As it can be typed into a browser on this machine. */
  private static String host(String bind) {
    return switch (bind) {
      case "0.0.0.0", "::" -> "127.0.0.1";
      default -> bind.contains(":") ? "[" + bind + "]" : bind;
    };
  }
}
