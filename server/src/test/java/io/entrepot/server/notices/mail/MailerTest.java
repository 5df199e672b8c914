// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.notices.outgoing.Reply;
import io.entrepot.server.settings.EntrepotSettings.MailSecurity;
import io.entrepot.server.settings.EntrepotSettings.MailSettings;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailerTest {

  private static final Mailer.Letter LETTER =
      new Mailer.Letter("Größe\r\nBcc: evil@example.org", "Häuser\n.\nEnd");

  private static Mailer mailer(TestMailServer server, MailSecurity security, String user) {
    return new Mailer(
        new MailSettings(
            "127.0.0.1", server.port(), security, user, "canary-password", "house@example.org"),
        InstantSource.system());
  }

  @Test
  void a_letter_is_handed_over_to_everybody_it_is_for() throws Exception {
    try (TestMailServer server = TestMailServer.start()) {
      Reply reply =
          mailer(server, MailSecurity.NONE, "")
              .send(List.of("a@example.org", "b@example.org"), LETTER);
      assertThat(reply.isGood()).as(reply.words()).isTrue();
      assertThat(server.said())
          .contains("RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>")
          .noneMatch(line -> line.contains("evil"));
      assertThat(server.letters()).hasSize(1);
      assertThat(server.letters().getFirst())
          .contains("From: house@example.org")
          .contains("Auto-Submitted: auto-generated")
          .doesNotContain("\nBcc:");
    }
  }

  @Test
  void without_encryption_where_it_is_asked_for_neither_password_nor_letter_is_said()
      throws Exception {
    try (TestMailServer server = TestMailServer.start()) {
      Reply reply =
          mailer(server, MailSecurity.STARTTLS, "house").send(List.of("a@example.org"), LETTER);
      assertThat(reply).isInstanceOf(Reply.Unreached.class);
      assertThat(server.letters()).isEmpty();
      assertThat(server.said())
          .noneMatch(line -> line.startsWith("AUTH") || line.startsWith("RCPT"));
      assertThat(reply.words()).doesNotContain("canary");
    }
  }

  @Test
  void a_mail_server_that_asks_for_a_password_gets_it() throws Exception {
    try (TestMailServer server = TestMailServer.start()) {
      Reply reply =
          mailer(server, MailSecurity.NONE, "house").send(List.of("a@example.org"), LETTER);
      assertThat(reply.isGood()).as(reply.words()).isTrue();
      assertThat(server.said()).anyMatch(line -> line.startsWith("AUTH PLAIN"));
    }
  }

  @Test
  void without_a_mail_server_it_is_said_what_an_operator_has_to_set() {
    Mailer none =
        new Mailer(new MailSettings("", 0, MailSecurity.NONE, "", "", ""), InstantSource.system());
    assertThat(none.send(List.of("a@example.org"), LETTER))
        .isInstanceOf(Reply.Refused.class)
        .extracting(Reply::words)
        .asString()
        .contains("entrepot.mail.host");
  }
}
