// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.Logins;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** One account, one key: whatever somebody shows is good at every door, until it is worn out. */
class EveryCredentialOpensEveryDoorTest {

  private static final TestServer SERVER = DoorProbes.server();

  private static final List<Family> DOORS =
      List.of(
          Family.HARVEST,
          Family.BACKUP,
          Family.SYNC,
          Family.WORKSPACES,
          Family.QUERY,
          Family.SESSION);

  /**
   * A credential, and what ends it.
   *
   * @param headers in which it is sent
   */
  private record Shown(Map<String, String> headers, Runnable wearOut) {}

  /** How somebody can say who they are. */
  enum Kind {
    JWT,
    HARVEST_COOKIE,
    BACKUP_COOKIE,
    API_KEY,
    LOCAL_TOKEN,
    AS_CREDENTIALS,
    AS_SESSION,
    SESSION_BASIC;

    private Shown of(String email) {
      TestClient owner = SERVER.newUser(email);
      return switch (this) {
        case JWT -> {
          String token = SERVER.anonymous().signIn(email, "a password of " + email);
          yield new Shown(
              bearer(token), () -> SERVER.withToken(token).post("/auth/jwt/logout").expect(204));
        }
        case HARVEST_COOKIE -> cookie(SessionCookie.NAME, email);
        case BACKUP_COOKIE -> cookie(SessionCookie.BACKUP_NAME, email);
        case API_KEY, AS_CREDENTIALS, SESSION_BASIC -> {
          JsonNode made = owner.post("/api/keys", "{\"name\":\"door\"}").expect(201).json();
          String key = made.at("/data/key").asString();
          String id = made.at("/data/id").asString();
          yield new Shown(headers(email, key), () -> owner.delete("/api/keys/" + id).expect(204));
        }
        case LOCAL_TOKEN -> {
          String tokens = "/api/v1/auth/local/api-tokens";
          JsonNode made = owner.post(tokens, "{\"name\":\"door\"}").expect(201).json();
          String id = made.get("api_key_uid").asString();
          yield new Shown(
              bearer(made.get("api_token").asString()),
              () -> owner.delete(tokens + "/" + id).expect(204));
        }
        case AS_SESSION -> {
          Login.Opened opened = Callers.session(SERVER, email);
          Account account = SERVER.part(Accounts.class).findByEmail(email).orElseThrow();
          yield new Shown(
              Callers.object("ASSession", email, "session_key", opened.token()),
              () -> SERVER.part(Logins.class).revoke(account.actor(), opened.login().id()));
        }
      };
    }

    private Map<String, String> headers(String email, String key) {
      return switch (this) {
        case AS_CREDENTIALS -> Callers.object("ASCredentials", email, "api_key", key);
        case SESSION_BASIC -> Callers.pair(email, key);
        default -> bearer(key);
      };
    }

    private static Map<String, String> bearer(String token) {
      return Map.of("Authorization", "Bearer " + token);
    }

    private static Shown cookie(String name, String email) {
      String body =
          "{\"username\":\"%s\",\"password\":\"a password of %s\"}".formatted(email, email);
      String set =
          SERVER.anonymous().post("/api/auth/login", body).header("Set-Cookie").orElseThrow();
      String value = set.substring(set.indexOf('=') + 1, set.indexOf(';'));
      Map<String, String> headers = Map.of("Cookie", name + "=" + value);
      return new Shown(headers, () -> send("POST", "/api/auth/logout", headers));
    }

    private boolean isCookie() {
      return this == HARVEST_COOKIE || this == BACKUP_COOKIE;
    }

    /** How the doors say that it is worn out, where they have a word of their own for it. */
    private String refusal(Family door) {
      return switch (door) {
        case HARVEST -> "Unauthorized";
        case BACKUP -> isCookie() ? "SESSION_EXPIRED" : "UNAUTHORIZED";
        case SYNC -> isCookie() ? "no_user_logged_in" : "unauthorized";
        case SESSION -> this == AS_SESSION ? "SESSION_EXPIRED" : "UNAUTHENTICATED";
        default -> "unauthorized";
      };
    }
  }

  private static Answer send(String method, String path, Map<String, String> headers) {
    var request = SERVER.anonymous().request(path);
    headers.forEach(request::header);
    return SERVER.anonymous().send(request.method(method, BodyPublishers.noBody()).build());
  }

  private static Answer look(Family door, Map<String, String> headers) {
    return send("GET", DoorProbes.path(door) + "/thing", headers);
  }

  @ParameterizedTest
  @EnumSource
  void each_kind_is_let_in_everywhere_and_refused_in_each_doors_words_when_worn_out(Kind kind) {
    Shown shown = kind.of("every-door-" + kind.name().toLowerCase(Locale.ROOT) + "@lab.example");
    for (Family door : DOORS) {
      assertThat(look(door, shown.headers()).status()).as("%s", door).isEqualTo(200);
    }
    shown.wearOut().run();

    List<String> told = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    for (Family door : DOORS) {
      Answer answer = look(door, shown.headers());
      told.add(door + " " + answer.status() + " " + word(door, answer.json()));
      wanted.add(door + " 401 " + kind.refusal(door));
    }
    assertThat(told).isEqualTo(wanted);
  }

  /** From the shape of the family and no other. */
  private static String word(Family door, JsonNode body) {
    Set<String> keys = new TreeSet<>(body.propertyNames());
    keys.remove("session_expired");
    return switch (door) {
      case HARVEST -> keys.equals(Set.of("detail")) ? body.get("detail").asString() : keys + "";
      case BACKUP -> body.at("/error/code").asString();
      case SESSION ->
          keys.equals(Set.of("message", "error_code"))
              ? body.get("error_code").asString()
              : keys + "";
      case SYNC ->
          keys.equals(Set.of("error", "detail")) ? body.get("error").asString() : keys + "";
      default -> keys.equals(Set.of("error", "message")) ? body.get("error").asString() : keys + "";
    };
  }
}
