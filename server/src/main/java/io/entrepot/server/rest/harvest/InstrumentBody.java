// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.Sent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads an instrument from a request, whole or as changes to the one there is. */
final class InstrumentBody {

  private static final String TRANSPORT = "transport";

  private InstrumentBody() {}

  static InstrumentDraft read(BodyFields body) {
    Map<String, @Nullable Object> config =
        with(body.text(TRANSPORT, 20), body.object("transfer_config"));
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
        adapter(body, "transfer_adapter"),
        config,
        body.flag("enabled", true));
  }

  /** Needed for CIFS, the default; other transports say themselves what they need. */
  private static String host(BodyFields body, String field, boolean needed) {
    if (needed || body.has(field)) {
      return body.requiredTextOrEmpty(field, 255);
    }
    return "";
  }

  /** Reads what was sent at once, and lays it over the settings when they are known. */
  static UnaryOperator<InstrumentDraft> change(BodyFields body) {
    Sent<String> name = body.sent("name", field -> body.requiredText(field, 255));
    UnaryOperator<InstrumentDraft.Address> address = address(body);
    UnaryOperator<InstrumentDraft.About> about = about(body);
    Sent<String> adapter = body.sent("transfer_adapter", field -> adapter(body, field));
    Sent<@Nullable Map<String, @Nullable Object>> config =
        body.sent("transfer_config", body::object);
    String transport = body.text(TRANSPORT, 20);
    Sent<Boolean> enabled = body.sent("enabled", field -> body.flag(field, true));
    return old ->
        new InstrumentDraft(
            name.over(old.name()),
            address.apply(old.address()),
            about.apply(old.about()),
            adapter.over(old.transferAdapter()),
            with(transport, config.over(old.transferConfig())),
            enabled.over(old.enabled()));
  }

  private static UnaryOperator<InstrumentDraft.Address> address(BodyFields body) {
    Sent<String> host = body.sent("cifs_host", field -> body.requiredTextOrEmpty(field, 255));
    Sent<String> share = body.sent("cifs_share", field -> body.requiredTextOrEmpty(field, 255));
    Sent<@Nullable String> path = body.sent("cifs_base_path", field -> body.text(field, 1024));
    Sent<@Nullable Id> account =
        body.sent("service_account_id", field -> body.id(field, "Service account"));
    return old ->
        new InstrumentDraft.Address(
            host.over(old.host()),
            share.over(old.share()),
            path.over(old.basePath()),
            account.over(old.serviceAccount()));
  }

  private static UnaryOperator<InstrumentDraft.About> about(BodyFields body) {
    Sent<@Nullable String> description =
        body.sent("description", field -> body.text(field, 10_000));
    Sent<@Nullable String> location = body.sent("location", field -> body.text(field, 255));
    Sent<@Nullable String> pid = body.sent("pid", field -> body.text(field, 255));
    return old ->
        new InstrumentDraft.About(
            description.over(old.description()),
            location.over(old.location()),
            pid.over(old.pid()));
  }

  private static String adapter(BodyFields body, String field) {
    return body.choice(field, TransferAdapter.class, TransferAdapter.RCLONE).word();
  }

  /** The transfer settings, with a transport that was named outside them. */
  private static @Nullable Map<String, @Nullable Object> with(
      @Nullable String transport, @Nullable Map<String, @Nullable Object> config) {
    if (transport == null) {
      return config;
    }
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(config == null ? Map.of() : config);
    merged.put(TRANSPORT, transport);
    return merged;
  }
}
