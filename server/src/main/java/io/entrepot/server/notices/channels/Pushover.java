// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A person or a group at Pushover. */
final class Pushover implements Wording {

  static final URI SERVICE = URI.create("https://api.pushover.net/");

  private static final int TITLE_LIMIT = 250;
  private static final int TEXT_LIMIT = 1024;

  /** It rings until somebody answers; how often and how long has to be said with it. */
  private static final int EMERGENCY = 2;

  private static final int EVERY_SECONDS = 60;
  private static final int FOR_SECONDS = 3600;

  private final URI service;

  Pushover(URI service) {
    this.service = service;
  }

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    Announcement what = message.what();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("token", settings.get("app_token"));
    body.put("user", settings.get("user_key"));
    body.put("title", Cut.to(TITLE_LIMIT, what.title()));
    body.put("message", Cut.to(TEXT_LIMIT, what.message()));
    if (message.address() != null) {
      body.put("url", message.address());
    }
    for (String name : new String[] {"priority", "sound", "device"}) {
      if (settings.containsKey(name)) {
        body.put(name, settings.get(name));
      }
    }
    if (Integer.valueOf(EMERGENCY).equals(settings.get("priority"))) {
      body.put("retry", EVERY_SECONDS);
      body.put("expire", FOR_SECONDS);
    }
    return Call.post(
        service.resolve("/1/messages.json"),
        "application/json",
        Objects.requireNonNull(Json.text(body)));
  }
}
