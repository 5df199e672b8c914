// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.notices.outgoing.Reply;
import io.entrepot.server.settings.EntrepotSettings.MailSecurity;
import io.entrepot.server.settings.EntrepotSettings.MailSettings;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters over to the mail server.
 *
 * <p>Where encryption is asked for and not offered, or the certificate is not the server's, nothing
 * is said: neither password nor letter.
 */
public final class Mailer {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final MailSettings settings;
  private final InstantSource clock;

  public Mailer(MailSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** What is written; plain text. */
  public record Letter(String subject, String text) {}

  /** Hands it over and waits until the server has taken it. Throws nothing. */
  public Reply send(List<String> to, Letter letter) {
    if (!settings.isSet()) {
      return new Reply.Refused(
          "This server sends no mail: an operator has to set entrepot.mail.host.");
    }
    try {
      MimeMessage message = new MimeMessage(session());
      message.setFrom(new InternetAddress(settings.from()));
      for (String address : to) {
        message.addRecipient(Message.RecipientType.TO, new InternetAddress(address.strip(), true));
      }
      message.setSubject(oneLine(letter.subject()), StandardCharsets.UTF_8.name());
      message.setText(letter.text(), StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(clock.instant()));
      message.setHeader("Auto-Submitted", "auto-generated");
      Transport.send(message);
      return new Reply.Accepted("The mail server " + settings.host() + " has taken it.");
    } catch (MessagingException e) {
      return new Reply.Unreached(
          "The mail server " + settings.host() + " did not take it: " + reason(e));
    }
  }

  private Session session() {
    Properties wanted = new Properties();
    String millis = String.valueOf(PATIENCE.toMillis());
    wanted.put("mail.transport.protocol", "smtp");
    wanted.put("mail.smtp.host", settings.host());
    wanted.put("mail.smtp.port", String.valueOf(settings.port()));
    wanted.put("mail.smtp.connectiontimeout", millis);
    wanted.put("mail.smtp.timeout", millis);
    wanted.put("mail.smtp.writetimeout", millis);
    wanted.put("mail.smtp.ssl.checkserveridentity", "true");
    wanted.put("mail.smtp.ssl.enable", is(MailSecurity.TLS));
    wanted.put("mail.smtp.starttls.enable", is(MailSecurity.STARTTLS));
    wanted.put("mail.smtp.starttls.required", is(MailSecurity.STARTTLS));
    wanted.put("mail.smtp.auth", String.valueOf(!settings.user().isEmpty()));
    return Session.getInstance(wanted, new Login(settings));
  }

  private String is(MailSecurity security) {
    return String.valueOf(settings.security() == security);
  }

  /** Nobody else in this process can get at it, as the default session's could. */
  private static final class Login extends Authenticator {
    private final MailSettings settings;

    Login(MailSettings settings) {
      this.settings = settings;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return settings.user().isEmpty()
          ? null
          : new PasswordAuthentication(settings.user(), settings.password());
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /** The first line: what follows repeats the letter's recipients. */
  private static String reason(MessagingException e) {
    String message = Reply.said(e);
    return message.lines().findFirst().orElse(message);
  }
}
