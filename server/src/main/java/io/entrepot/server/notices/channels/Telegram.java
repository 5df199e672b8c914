// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A bot of Telegram. */
final class Telegram implements Wording {

  static final URI SERVICE = URI.create("https://api.telegram.org/");

  private static final int TITLE_LIMIT = 1000;
  private static final int TEXT_LIMIT = 4000;

  private final URI service;

  Telegram(URI service) {
    this.service = service;
  }

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    String mode = Wording.text(settings, "parse_mode");
    String title = Cut.escaped(TITLE_LIMIT, message.what().title(), text -> escaped(mode, text));
    String head = bold(mode, title) + "\n";
    int room = TEXT_LIMIT - head.length();
    String rest = Cut.escaped(room, message.body(), text -> escaped(mode, text));
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("chat_id", settings.get("chat_id"));
    body.put("text", head + rest);
    if (!mode.isEmpty() && !mode.equals("None")) {
      body.put("parse_mode", mode);
    }
    if (settings.containsKey("disable_notification")) {
      body.put("disable_notification", settings.get("disable_notification"));
    }
    return Call.post(
        service.resolve("/bot" + Wording.text(settings, "bot_token") + "/sendMessage"),
        "application/json",
        Objects.requireNonNull(Json.text(body)));
  }

  private static String bold(String mode, String title) {
    return switch (mode) {
      case "HTML" -> "<b>" + title + "</b>";
      case "Markdown", "MarkdownV2" -> "*" + title + "*";
      default -> title;
    };
  }

  /** The text as it is, whatever the format makes of some of its letters. */
  private static String escaped(String mode, String text) {
    return switch (mode) {
      case "HTML" -> text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
      case "Markdown" -> text.replaceAll("[_*`\\[]", "\\\\$0");
      case "MarkdownV2" -> text.replaceAll("[_*\\[\\]()~`>#+\\-=|{}.!\\\\]", "\\\\$0");
      default -> text;
    };
  }
}
