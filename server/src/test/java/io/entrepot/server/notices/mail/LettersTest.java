// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.settings.EntrepotSettings.MailSecurity;
import io.entrepot.server.settings.EntrepotSettings.MailSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LettersTest {

  private static final Mailer.Letter LETTER = new Mailer.Letter("Subject", "Text");

  /** The mail server takes the connection of a notice and says nothing. */
  @Test
  void a_link_leaves_while_any_number_of_notices_wait() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Letters letters =
            new Letters(
                new Mailer(
                    new MailSettings(
                        "127.0.0.1",
                        silent.getLocalPort(),
                        MailSecurity.NONE,
                        "",
                        "",
                        "house@example.org"),
                    InstantSource.system()))) {
      for (int i = 0; i < 1000; i++) {
        letters.sendNotice("a@example.org", LETTER, "A notice");
      }
      silent.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
      silent.accept();

      letters.sendLink("b@example.org", LETTER, "A link");

      assertThat(CompletableFuture.supplyAsync(() -> accepted(silent)).get(10, TimeUnit.SECONDS))
          .isTrue();
      assertThat(letters.waitingNotices()).isEqualTo(200);
    }
  }

  private static boolean accepted(ServerSocket silent) {
    try {
      return silent.accept().isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
