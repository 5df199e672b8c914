// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An incoming webhook of Discord. */
final class Discord implements Wording {

  /** What Discord takes; more is refused as a whole. */
  private static final int TEXT_LIMIT = 4000;

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    Announcement what = message.what();
    Map<String, @Nullable Object> embed = new LinkedHashMap<>();
    embed.put("title", what.title());
    embed.put("description", Cut.to(TEXT_LIMIT, what.message()));
    embed.put("url", message.address());
    embed.put("color", colour(what.severity()));
    embed.put("timestamp", message.id().made().toString());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    copy(settings, body, "username");
    copy(settings, body, "avatar_url");
    // A name that somebody gave to a file must not call everybody.
    body.put("allowed_mentions", Map.of("parse", List.of()));
    body.put("embeds", List.of(embed));
    return Call.post(
        Wording.address(settings, "webhook_url"),
        "application/json",
        Objects.requireNonNull(Json.text(body)));
  }

  private static void copy(
      Map<String, Object> settings, Map<String, @Nullable Object> body, String name) {
    if (settings.containsKey(name)) {
      body.put(name, settings.get(name));
    }
  }

  private static int colour(Severity severity) {
    return switch (severity) {
      case SUCCESS -> 0x2e7d32;
      case WARNING -> 0xed6c02;
      case FAILURE -> 0xc62828;
    };
  }
}
