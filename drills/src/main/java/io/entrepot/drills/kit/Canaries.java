// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import io.entrepot.client.RefusedException;
import io.entrepot.client.Session;
import io.entrepot.client.SftpLogin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Secrets that the server is told in a drill, each written down first, so that the auditor can look
 * for them where they do not belong. Requests that are refused and sign-ins that fail are among
 * them: what goes wrong is told in more words than what goes well.
 */
public final class Canaries {

  private static final String ADDRESS = "https://127.0.0.1:9/canary-4b1f7d02c6e95a38-address";

  private final Session session;
  private final Journal journal;

  public Canaries(Session session, Journal journal) {
    this.session = session;
    this.journal = journal;
  }

  /** Tells the server secrets of several kinds and has it fail with them. */
  public void plant() {
    journal.secret("password of an account", "canary-9c27e1a4b3d8f605-password");
    account("canary-9c27e1a4b3d8f605-password", "password");
    journal.secret("password in a request that is refused", "canary-60d3f7be12c94a85-refused");
    account("canary-60d3f7be12c94a85-refused", "tattoo");
    journal.secret("secret of a channel", "canary-e85b09d7a61c4f23-channel");
    journal.secret("address of a channel", ADDRESS);
    String channel =
        ask(
            "/api/notification-configs",
            Map.of(
                "name", "canary",
                "provider", "webhook",
                "provider_config",
                    Map.of("url", ADDRESS, "secret", "canary-e85b09d7a61c4f23-channel")));
    ask("/api/notification-configs/" + channel + "/test", Map.of());
    Map<String, Object> key =
        Map.of("name", "canary", "scope", "read", "doors", List.of("harvest"));
    journal.secret("key", session.post("/api/keys", key).path("data").path("key").asString());
  }

  /** Has the server sign in with a password at a host that takes none, and say how that went. */
  public void knock(SftpLogin login, String folder) {
    journal.secret("password that a host refused", "canary-17ad5c90e4f2b86d-knock");
    Map<String, Object> body = new HashMap<>();
    body.put("name", "locked");
    body.put("cifs_host", login.host());
    body.put("cifs_share", "");
    body.put("cifs_base_path", folder);
    body.put("service_account_id", account("canary-17ad5c90e4f2b86d-knock", "password"));
    body.put(
        "transfer_config",
        Map.of("transport", "sftp", "port", login.port(), "host_key", login.hostKey()));
    String instrument = ask("/api/instruments", body);
    try {
      session.get("/api/instruments/" + instrument + "/test");
    } catch (RefusedException asItShould) {
      return;
    }
  }

  private String account(String password, String kind) {
    return ask(
        "/api/service-accounts",
        Map.of(
            "name",
            "canary " + kind,
            "username",
            "nobody",
            "password",
            password,
            "auth_type",
            kind));
  }

  /** The id of what was made; what is refused made nothing, and the journal knows that too. */
  private String ask(String path, Map<String, Object> body) {
    try {
      var answer = session.post(path, body);
      String id = answer.path("id").asString("");
      return id.isEmpty() ? answer.path("data").path("id").asString("") : id;
    } catch (RefusedException refused) {
      return "";
    }
  }
}
