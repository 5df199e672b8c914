// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
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

  private static final int SHORTEST_KEY = 24;
  private static final int LONGEST_KEY = 64;

  /** Whether letters can be signed with it. */
  static boolean isSecret(String text) {
    try {
      int length = text.startsWith(SECRET_HEAD) ? key(text).length : 0;
      return length >= SHORTEST_KEY && length <= LONGEST_KEY;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static byte[] key(String secret) {
    return Base64.getDecoder().decode(secret.substring(SECRET_HEAD.length()));
  }

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

  /** One that an earlier release took need not be one. */
  static String signature(String secret, String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw new EntrepotException(
          ErrorCode.BAD_REQUEST,
          "The signing secret is not whsec_ and 24 to 64 bytes in Base64; enter another.",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
