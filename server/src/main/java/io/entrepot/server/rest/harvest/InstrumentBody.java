// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.harvest.InstrumentDraft;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an instrument from a request, whole or as changes to what there is. */
final class InstrumentBody {

  private static final String TRANSPORT = "transport";

  private InstrumentBody() {}

  static InstrumentDraft read(JsonBody body) {
    Map<String, @Nullable Object> config = config(body, null);
    boolean addressed = config == null || !config.containsKey(TRANSPORT);
    return new InstrumentDraft(
        body.requiredText("name", 255),
        new InstrumentDraft.Address(
            host(body, "cifs_host", addressed),
            host(body, "cifs_share", addressed),
            body.text("cifs_base_path", 1024),
            body.id("service_account_id", "Service account")),
        new InstrumentDraft.About(
            body.text("description", 10_000), body.text("location", 255), body.text("pid", 255)),
        body.choice("transfer_adapter", TransferAdapter.class, TransferAdapter.RCLONE).word(),
        config,
        body.flag("enabled", true));
  }

  /** Needed for CIFS, the default; other transports say themselves what they need. */
  private static String host(JsonBody body, String field, boolean needed) {
    if (needed || body.has(field)) {
      return body.requiredTextOrEmpty(field, 255);
    }
    return "";
  }

  static InstrumentDraft readOver(JsonBody body, InstrumentDraft old) {
    return new InstrumentDraft(
        body.has("name") ? body.requiredText("name", 255) : old.name(),
        new InstrumentDraft.Address(
            body.has("cifs_host")
                ? body.requiredTextOrEmpty("cifs_host", 255)
                : old.address().host(),
            body.has("cifs_share")
                ? body.requiredTextOrEmpty("cifs_share", 255)
                : old.address().share(),
            text(body, "cifs_base_path", 1024, old.address().basePath()),
            body.has("service_account_id")
                ? body.id("service_account_id", "Service account")
                : old.address().serviceAccount()),
        new InstrumentDraft.About(
            text(body, "description", 10_000, old.about().description()),
            text(body, "location", 255, old.about().location()),
            text(body, "pid", 255, old.about().pid())),
        body.choice(
                "transfer_adapter",
                TransferAdapter.class,
                TransferAdapter.ofWord(old.transferAdapter()))
            .word(),
        config(body, old.transferConfig()),
        body.flag("enabled", old.enabled()));
  }

  private static @Nullable String text(
      JsonBody body, String field, int limit, @Nullable String old) {
    return body.has(field) ? body.text(field, limit) : old;
  }

  /** The transfer settings, with a transport that was named outside them. */
  private static @Nullable Map<String, @Nullable Object> config(
      JsonBody body, @Nullable Map<String, @Nullable Object> old) {
    Map<String, @Nullable Object> sent =
        body.has("transfer_config") ? body.object("transfer_config") : old;
    String transport = body.text(TRANSPORT, 20);
    if (transport == null) {
      return sent;
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(sent == null ? Map.of() : sent);
    merged.put(TRANSPORT, transport);
    return merged;
  }
}
