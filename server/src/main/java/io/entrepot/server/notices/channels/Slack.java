// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.util.Map;
import java.util.Objects;

/** An incoming webhook of Slack, or of what speaks like it (Mattermost, Rocket.Chat). */
final class Slack implements Wording {

  private static final int TITLE_LIMIT = 1000;
  private static final int TEXT_LIMIT = 10_000;

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    String title = Cut.escaped(TITLE_LIMIT, message.what().title(), Slack::escaped);
    String head = "*" + title + "*\n";
    String rest = Cut.escaped(TEXT_LIMIT - head.length(), message.body(), Slack::escaped);
    return Call.post(
        Wording.address(settings, "webhook_url"),
        "application/json",
        Objects.requireNonNull(Json.text(Map.of("text", head + rest))));
  }

  /** What Slack asks for; so {@code <!channel>} in the name of a file calls nobody. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
