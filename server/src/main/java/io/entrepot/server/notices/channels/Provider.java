// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import static io.entrepot.server.notices.channels.Setting.optional;
import static io.entrepot.server.notices.channels.Setting.required;

import io.entrepot.server.notices.channels.Setting.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a channel leads, and what has to be set for it. */
public enum Provider {
  WEBHOOK(
      "Webhook",
      required("url", "Web address", "It is called with a signed POST.", Kind.ADDRESS, ".+"),
      required(
          "secret",
          "Signing secret",
          "It is whsec_ and 24 to 64 bytes in Base64, as whsec_$(openssl rand -base64 32) makes it.",
          Kind.SECRET,
          Webhook::isSecret)),
  NTFY(
      "ntfy",
      required(
          "url",
          "Topic",
          "The address of the topic: https://ntfy.sh/my-topic.",
          Kind.ADDRESS,
          "https?://[^/]+(/.*)?/[A-Za-z0-9_-]{1,64}"),
      optional("token", "Access token", "Only where the topic asks for one.", Kind.SECRET, "\\S+"),
      optional("priority", "Priority", "From 1 to 5.", Kind.NUMBER, "[1-5]")),
  DISCORD(
      "Discord",
      required("webhook_url", "Web address", WebhookHelp.TEXT, Kind.SECRET_ADDRESS, ".+"),
      optional("username", "Sender", "At most 80 characters.", Kind.TEXT, ".{1,80}"),
      optional("avatar_url", "Picture", "The address of a picture.", Kind.ADDRESS, ".+")),
  SLACK(
      "Slack", required("webhook_url", "Web address", WebhookHelp.TEXT, Kind.SECRET_ADDRESS, ".+")),
  TELEGRAM(
      "Telegram",
      required(
          "bot_token",
          "Bot token",
          "Digits, a colon and the token.",
          Kind.SECRET,
          "[0-9]+:[A-Za-z0-9_-]+"),
      required(
          "chat_id",
          "Chat",
          "The number of a chat, or @ and a name.",
          Kind.TEXT,
          "-?[0-9]+|@[A-Za-z0-9_]+"),
      optional(
          "parse_mode",
          "Format",
          "HTML, Markdown, MarkdownV2 or None.",
          Kind.TEXT,
          "HTML|Markdown|MarkdownV2|None"),
      optional("disable_notification", "Silent", "true or false.", Kind.FLAG, Flags.SHAPE)),
  PUSHOVER(
      "Pushover",
      required("user_key", "User key", "30 letters and digits.", Kind.SECRET, "[A-Za-z0-9]{30}"),
      required("app_token", "App token", "30 letters and digits.", Kind.SECRET, "[A-Za-z0-9]{30}"),
      optional("priority", "Priority", "From -2 to 2.", Kind.NUMBER, "-?[12]|0"),
      optional("sound", "Sound", "A name that Pushover knows.", Kind.TEXT, "[A-Za-z0-9_]{1,40}"),
      optional("device", "Device", "The name of one device.", Kind.TEXT, "[A-Za-z0-9_-]{1,25}")),
  EMAIL(
      "E-mail",
      required(
          "to",
          "To",
          "One or more addresses, with commas between them.",
          Kind.TEXT,
          "[^\\s,@]+@[^\\s,@]+( *, *[^\\s,@]+@[^\\s,@]+){0,49}")),
  /** Hears how runs of schedules go, and nothing else. */
  PING(
      "Pings of runs",
      required(
          "url",
          "Web address",
          "It is called at the end of each run; /start and /fail are put behind it.",
          Kind.SECRET_ADDRESS,
          ".+"));

  private final String label;
  private final List<Setting> settings;

  Provider(String label, Setting... settings) {
    this.label = label;
    this.settings = List.of(settings);
  }

  private static final class WebhookHelp {
    static final String TEXT = "The address of an incoming webhook, as the service shows it.";
  }

  private static final class Flags {
    static final String SHAPE = "(?i)true|false";
  }

  /** For a person. */
  public String label() {
    return label;
  }

  public List<Setting> settings() {
    return settings;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Provider> ofWord(String word) {
    for (Provider one : values()) {
      if (one.word().equals(word)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
