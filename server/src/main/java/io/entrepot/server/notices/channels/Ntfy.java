// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A topic of ntfy, published to as JSON so that titles may hold any letters. */
final class Ntfy implements Wording {

  private static final int URGENT = 4;
  private static final int USUAL = 3;

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    URI topic = Wording.address(settings, "url");
    String path = topic.getRawPath();
    int end = path.lastIndexOf('/') + 1;
    URI service =
        URI.create(topic.getScheme() + "://" + topic.getRawAuthority() + path.substring(0, end));
    Announcement what = message.what();
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("topic", path.substring(end));
    body.put("title", what.title());
    body.put("message", what.message());
    body.put("priority", settings.getOrDefault("priority", priority(what.severity())));
    body.put("tags", List.of(tag(what.severity())));
    if (message.address() != null) {
      body.put("click", message.address());
    }
    Call call = Call.post(service, "application/json", Objects.requireNonNull(Json.text(body)));
    return settings.containsKey("token")
        ? call.with("Authorization", "Bearer " + Wording.text(settings, "token"))
        : call;
  }

  private static int priority(Severity severity) {
    return severity == Severity.FAILURE ? URGENT : USUAL;
  }

  private static String tag(Severity severity) {
    return switch (severity) {
      case SUCCESS -> "white_check_mark";
      case WARNING -> "warning";
      case FAILURE -> "rotating_light";
    };
  }
}
