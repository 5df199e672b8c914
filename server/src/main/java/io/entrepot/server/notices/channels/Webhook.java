// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.server.database.Json;
import io.entrepot.server.notices.outgoing.Call;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A signed POST, as Standard Webhooks describes it. */
final class Webhook implements Wording {

  private static final String SECRET_HEAD = "whsec_";

  @Override
  public Call call(Map<String, Object> settings, Message message) {
    String body = body(message);
    String id = "msg_" + message.id().hex();
    String time = String.valueOf(message.sentAt().getEpochSecond());
    return Call.post(Wording.address(settings, "url"), "application/json", body)
        .with("webhook-id", id)
        .with("webhook-timestamp", time)
        .with(
            "webhook-signature",
            "v1," + signature(Wording.text(settings, "secret"), id + "." + time + "." + body));
  }

  private static String body(Message message) {
    Announcement what = message.what();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("severity", what.severity().word());
    data.put("thing", what.thing());
    data.put("things", what.things());
    data.put("title", what.title());
    data.put("message", what.message());
    data.put("address", message.address());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("type", what.event());
    body.put("timestamp", message.id().made().toString());
    body.put("data", data);
    return Objects.requireNonNull(Json.text(body));
  }

  static String signature(String secret, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = Base64.getDecoder().decode(secret.substring(SECRET_HEAD.length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
