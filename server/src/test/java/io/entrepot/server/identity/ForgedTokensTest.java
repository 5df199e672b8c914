// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Outbox.Purpose;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Tokens that look nearly like ours, and credentials of one kind where another is asked for. */
class ForgedTokensTest {

  private static final int VARIANTS = DrillSize.of(160, 5_000, 20_000);

  /** One of each family, and what says there who one is. */
  private static final List<String> DOORS =
      List.of("/users/me", "/api/auth/me", "/api/v1/auth/local/session", "/api/files");

  private static final String DEVICE = "forger 1.0";
  private static final String PASSWORD = "a password of forged@lab.example";

  private final TestServer server = TestServer.shared();
  private final TestClient anonymous = server.anonymous();
  private final Random random = DrillSize.random();

  private static Answer ask(TestClient client, String path, String header, String value) {
    return client.send(client.request(path).header(header, value).build());
  }

  private static boolean isLetIn(Answer answer) {
    return answer.status() < 400;
  }

  private byte[] key() throws IOException {
    Path file = server.data().resolve("keys").resolve("jwt.key");
    return Base64.getDecoder().decode(Files.readString(file).strip());
  }

  private String newEmail() {
    String email = "forged" + Long.toHexString(System.nanoTime()) + "@lab.example";
    server.newUser(email);
    return email;
  }

  @Test
  void no_token_opens_a_door_but_one_that_was_issued_to_the_letter() throws IOException {
    String email = newEmail();
    String good = anonymous.signIn(email, "a password of " + email);
    ForgedTokens forged = new ForgedTokens(good, key(), otherLogins(email));
    List<ForgedTokens.Variant> variants = new ArrayList<>(forged.composed());
    variants.addAll(forged.mangled(random, VARIANTS));
    Collections.shuffle(variants, random);
    variants.sort(Comparator.comparing(variant -> !variant.near()));

    List<String> accepted = new ArrayList<>();
    int tried = Math.min(VARIANTS, variants.size());
    for (ForgedTokens.Variant variant : variants.subList(0, tried)) {
      String door = DOORS.get(random.nextInt(DOORS.size()));
      if (isLetIn(ask(anonymous, door, "Authorization", "Bearer " + variant.token()))) {
        accepted.add(variant.name() + " at " + door + ": " + variant.token());
      }
    }

    assertThat(accepted).isEmpty();
    for (String door : DOORS) {
      ask(anonymous, door, "Authorization", "Bearer " + good).expect(200);
    }
    DrillSize.tell("%,d forged tokens, none accepted", tried);
  }

  /** Logins of the same person that a token must not be able to name. */
  private List<String> otherLogins(String email) {
    Account account = server.part(Accounts.class).findByEmail(email).orElseThrow();
    Logins logins = server.part(Logins.class);
    Origin here = new Origin("127.0.0.1", "");
    List<String> ids = new ArrayList<>();
    for (LoginKind kind : List.of(LoginKind.COOKIE, LoginKind.REMEMBER, LoginKind.LOCAL)) {
      ids.add(logins.open(account, kind, Duration.ofHours(1), here).login().id().hex());
    }
    TestClient gone = server.withToken(anonymous.signIn(email, "a password of " + email));
    ids.add(gone.get("/api/auth/sessions").json().at("/data/0/id").asString());
    gone.post("/auth/jwt/logout").expect(204);
    return ids;
  }

  /** Where a credential can be put; some places want the address of its owner beside it. */
  private static Map<String, BiFunction<HttpRequest.Builder, String, HttpRequest.Builder>> places(
      String email) {
    Map<String, BiFunction<HttpRequest.Builder, String, HttpRequest.Builder>> places =
        new LinkedHashMap<>();
    places.put("bearer", (request, it) -> request.header("Authorization", "Bearer " + it));
    places.put("cookie", (request, it) -> request.header("Cookie", "auth_token=" + it));
    places.put("other cookie", (request, it) -> request.header("Cookie", "streamweave_auth=" + it));
    places.put("no scheme", (request, it) -> request.header("Authorization", it));
    for (String scheme : List.of("Basic", "Token", "ApiKey", "Digest", "Bearer Bearer", "JWT")) {
      places.put(scheme, (request, it) -> request.header("Authorization", scheme + " " + it));
    }
    places.put(
        "basic", (request, it) -> request.header("Authorization", "Basic " + basic(it + ":")));
    places.put(
        "session pair",
        (request, it) ->
            request.header("Authorization", "basic " + basic(email) + ":" + basic(it)));
    for (String field : List.of("api_key", "session_key")) {
      for (String scheme : List.of("ASCredentials", "ASSession")) {
        places.put(
            scheme + " " + field,
            (request, it) ->
                request.headers(
                    "Authorization", scheme + " " + object(email, field, it), "ASDevice", DEVICE));
      }
    }
    places.put(
        "two",
        (request, it) ->
            request.headers("Authorization", "Bearer " + it, "Authorization", "Bearer " + it));
    places.put("list", (request, it) -> request.header("Authorization", "Bearer " + it + ", x"));
    for (String header :
        List.of("X-API-Key", "X-Auth-Token", "Proxy-Authorization", "X-Forwarded-User", "Token")) {
      places.put(header, (request, it) -> request.header(header, it));
    }
    for (String cookie : List.of("session", "JSESSIONID", "token", "entrepot_form", "AUTH_TOKEN")) {
      places.put(cookie + " cookie", (request, it) -> request.header("Cookie", cookie + "=" + it));
    }
    return places;
  }

  private static String object(String email, String field, String value) {
    return basic("{\"username\":\"%s\",\"%s\":\"%s\"}".formatted(email, field, value));
  }

  private static String basic(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  @Test
  void a_credential_of_one_kind_is_none_of_another() {
    String email = newEmail();
    Id account = server.part(Accounts.class).findByEmail(email).orElseThrow().id();
    Map<String, String> credentials = credentials(email, account);
    List<String> accepted = new ArrayList<>();
    int tried = 0;
    for (var credential : credentials.entrySet()) {
      for (var place : places(email).entrySet()) {
        // Each at one door amid the other tests, and at all of them otherwise.
        int first = random.nextInt(DOORS.size());
        for (int i = 0; i < DrillSize.of(1, DOORS.size(), DOORS.size()); i++) {
          String door = DOORS.get((first + i) % DOORS.size());
          HttpRequest request =
              place.getValue().apply(anonymous.request(door), credential.getValue()).build();
          boolean meant = isMeant(credential.getKey(), place.getKey());
          tried += meant ? 0 : 1;
          if (isLetIn(anonymous.send(request)) != meant) {
            accepted.add(credential.getKey() + " as " + place.getKey() + " at " + door);
          }
        }
      }
      for (String query : List.of("access_token", "token", "api_key", "auth_token")) {
        tried++;
        if (isLetIn(anonymous.get("/users/me?" + query + "=" + credential.getValue()))) {
          accepted.add(credential.getKey() + " in the query " + query);
        }
      }
    }
    tried += linksOpenNothingElse(credentials, accepted);

    assertThat(accepted).isEmpty();
    DrillSize.tell("%,d credentials in places of another kind, none accepted", tried);
  }

  private static boolean isMeant(String credential, String place) {
    return switch (credential) {
      case "jwt", "local token" -> place.equals("bearer");
      case "api key" -> List.of("bearer", "session pair", "ASCredentials api_key").contains(place);
      case "session key" -> place.equals("ASSession session_key");
      case "session" -> place.equals("cookie") || place.equals("other cookie");
      default -> false;
    };
  }

  private Map<String, String> credentials(String email, Id account) {
    String jwt = anonymous.signIn(email, "a password of " + email);
    TestClient user = server.withToken(jwt);
    Answer in =
        anonymous.post(
            "/api/auth/login",
            "{\"username\":\"%s\",\"password\":\"a password of %s\"}".formatted(email, email));
    String session = in.header("Set-Cookie").orElseThrow().split("[=;]", 3)[1];
    Answer key = user.post("/api/keys", "{\"name\":\"k\",\"scope\":\"read\"}").expect(201);
    String apiKey = key.json().at("/data/key").asString();
    Map<String, String> all = new LinkedHashMap<>();
    all.put("jwt", jwt);
    all.put("session", session);
    all.put("api key", apiKey);
    all.put(
        "local token",
        server
            .part(LocalTokens.class)
            .create(server.part(Accounts.class).live(account).actor(), "l")
            .token());
    Actor owner = server.part(Accounts.class).live(account).actor();
    all.put("session key", sessionKey(account).token());
    Login.Opened ended = sessionKey(account);
    server.part(Logins.class).revoke(owner, ended.login().id());
    all.put("session key that was ended", ended.token());
    Answer revoked = user.post("/api/keys", "{\"name\":\"r\",\"scope\":\"read\"}").expect(201);
    user.delete("/api/keys/" + revoked.json().at("/data/id").asString()).expect(204);
    all.put("key that was revoked", revoked.json().at("/data/key").asString());
    all.put("reset link", link(account, Purpose.RESET_PASSWORD));
    all.put("verification link", link(account, Purpose.VERIFY_EMAIL));
    all.put("marked session", "ek_" + session);
    all.put("marked as local", "el_" + apiKey.substring(3));
    all.put("hash of a session", Secret.hash(session));
    all.put("hash of a key", Secret.hash(apiKey));
    all.put("prefix of a key", apiKey.substring(0, 10));
    all.put("id of a key", key.json().at("/data/id").asString());
    all.put("id of a session", user.get("/api/auth/sessions").json().at("/data/0/id").asString());
    all.put("id of an account", account.hex());
    all.put("uuid of an account", account.toUuid().toString());
    all.put("address", email);
    all.put("encoded password", basic(email + ":a password of " + email));
    all.put("nothing", "");
    all.put("null", "null");
    return all;
  }

  private Login.Opened sessionKey(Id account) {
    return server
        .part(Logins.class)
        .open(
            server.part(Accounts.class).live(account),
            LoginKind.SESSION_KEY,
            Duration.ofHours(1),
            new Origin("127.0.0.1", DEVICE));
  }

  private String link(Id account, Purpose purpose) {
    Database database = server.part(Database.class);
    String token = "link" + purpose + Long.toHexString(random.nextLong());
    Instant now = Instant.now();
    database.write(
        () ->
            new OneTimeTokenTable(database)
                .replace(account, purpose, Secret.hash(token), now, now.plusSeconds(600)));
    return token;
  }

  /** At the doors where links end; at last each is used where it is meant, and again. */
  private int linksOpenNothingElse(Map<String, String> credentials, List<String> accepted) {
    int tried = 0;
    for (var credential : credentials.entrySet()) {
      if (!credential.getKey().equals("reset link")) {
        tried++;
        if (isLetIn(reset(credential.getValue()))) {
          accepted.add(credential.getKey() + " as a link for a new password");
        }
      }
      if (!credential.getKey().equals("verification link")) {
        tried++;
        if (isLetIn(verify(credential.getValue()))) {
          accepted.add(credential.getKey() + " as a link for an address");
        }
      }
    }
    verify(credentials.getOrDefault("verification link", "")).expect(200);
    assertThat(verify(credentials.getOrDefault("verification link", "")).status()).isEqualTo(400);
    reset(credentials.getOrDefault("reset link", "")).expect(200);
    assertThat(reset(credentials.getOrDefault("reset link", "")).status()).isEqualTo(400);
    return tried + 2;
  }

  private Answer reset(String token) {
    return anonymous.post(
        "/auth/reset-password", "{\"token\":\"" + token + "\",\"password\":\"" + PASSWORD + "\"}");
  }

  private Answer verify(String token) {
    return anonymous.post("/auth/verify", "{\"token\":\"" + token + "\"}");
  }
}
