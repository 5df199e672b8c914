// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint of the table and every method it serves, called with every kind of credential.
 *
 * <p>What each may call is said a second time here, by the kind of endpoint; what it then sees of
 * other people's things is tested with each of those things.
 */
class WhoMayCallTest {

  /** Calls that end the credential they are made with, or take long for everybody. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "POST /auth/jwt/logout",
          "POST /auth/cookie/logout",
          "POST /api/auth/logout",
          "DELETE /api/v1/auth/local/session",
          "GET /health/events",
          "GET /openapi.json");

  private static final int NOBODY_KNOWN = 401;
  private static final int NOT_ALLOWED = 403;

  /**
   * Somebody with something to show.
   *
   * @param known whether what is shown is good at all
   * @param admin whether it is good for what administrators do
   * @param login whether somebody signed in with a password for it
   * @param writes whether it is good for more than reading
   * @param doors the families it is good for; empty for all
   */
  private record Caller(
      String name,
      TestClient client,
      boolean known,
      boolean admin,
      boolean login,
      boolean writes,
      Set<Family> doors) {

    /** The status that has to refuse this call; empty where it has to come through. */
    Optional<Integer> refusal(Endpoint row, String method) {
      if (row.access() == Access.PUBLIC) {
        return Optional.empty();
      }
      if (!known) {
        return Optional.of(NOBODY_KNOWN);
      }
      boolean may =
          (doors.isEmpty() || doors.contains(row.family()))
              && (writes || method.equals("GET") && !row.acts())
              && switch (row.access()) {
                case PUBLIC, SIGNED_IN, MONITOR -> true;
                case LOGIN -> login;
                case ADMIN, SUPERUSER -> admin;
              };
      return may ? Optional.empty() : Optional.of(NOT_ALLOWED);
    }
  }

  private static final List<Caller> CALLERS = new ArrayList<>();

  @BeforeAll
  static void everybody_comes() {
    TestServer server = TestServer.shared();
    TestClient admin = server.admin();
    TestClient user = server.newUser("matrix@lab.example");
    TestClient gone = server.newUser("matrix-gone@lab.example");
    gone.post("/auth/jwt/logout").expect(204);
    TestClient revoked = key(user, "operate", "");
    String id = user.get("/api/keys").expect(200).json().at("/data/0/id").asString();
    user.delete("/api/keys/" + id).expect(204);
    stranger("nobody", server.anonymous());
    stranger("a made-up token", server.withToken("ek_" + "x".repeat(43)));
    stranger("a login that was ended", gone);
    stranger("a key that was revoked", revoked);
    caller("a user", user, false, true, true, Set.of());
    caller("an administrator", admin, true, true, true, Set.of());
    caller("a user's key", key(user, "operate", ""), false, false, true, Set.of());
    caller("an administrator's key", key(admin, "admin", ""), true, false, true, Set.of());
    caller("his key for work", key(admin, "operate", ""), false, false, true, Set.of());
    caller("his key for reading", key(admin, "read", ""), true, false, false, Set.of());
    caller(
        "his key for the backup door",
        key(admin, "admin", "\"backup\""),
        true,
        false,
        true,
        Set.of(Family.BACKUP, Family.SITE));
  }

  private static TestClient key(TestClient owner, String scope, String doors) {
    String body =
        """
        {"name": "matrix", "scope": "%s", "doors": [%s]}"""
            .formatted(scope, doors);
    Answer made = owner.post("/api/keys", body).expect(201);
    return TestServer.shared().withToken(made.json().at("/data/key").asString());
  }

  private static void stranger(String name, TestClient client) {
    CALLERS.add(new Caller(name, client, false, false, false, false, Set.of()));
  }

  private static void caller(
      String name, TestClient client, boolean admin, boolean login, boolean writes, Set<Family> d) {
    CALLERS.add(new Caller(name, client, true, admin, login, writes, d));
  }

  /** What comes through meets ids that nobody has and a body that is no JSON. */
  @Test
  void each_caller_is_let_in_and_turned_away_as_it_is_written_here() {
    List<String> wrong = new ArrayList<>();
    int called = 0;
    for (Endpoint row : Endpoints.all()) {
      if (row.family() == Family.PAGES || row.access() == Access.MONITOR) {
        continue;
      }
      for (String method : row.methods()) {
        String call = method + " " + row.path();
        if (LEFT_OUT.contains(call)) {
          continue;
        }
        for (Caller caller : CALLERS) {
          int status = status(caller, method, row);
          if (!fits(caller.refusal(row, method), row, status)) {
            wrong.add(caller.name() + ": " + call + " gave " + status);
          }
          called++;
        }
      }
    }
    System.out.println("called as somebody: " + called);
    assertThat(wrong).isEmpty();
    assertThat(called).isGreaterThan(1000);
  }

  private static int status(Caller caller, String method, Endpoint row) {
    String path = row.path().getPatternString().replaceAll("\\{[^}]*}", "x").replace("**", "x");
    Optional<String> body = method.equals("GET") ? Optional.empty() : Optional.of("{broken");
    return caller.client().send(method, path, body).status();
  }

  private static boolean fits(Optional<Integer> refusal, Endpoint row, int status) {
    if (refusal.isPresent()) {
      return status == refusal.get();
    }
    // A sign-in that is no sign-in is refused by whoever is asked to sign in, not by the door.
    boolean asksForSignIn = row.access() == Access.PUBLIC;
    return status < 500 && (asksForSignIn || status != NOBODY_KNOWN && status != NOT_ALLOWED);
  }
}
