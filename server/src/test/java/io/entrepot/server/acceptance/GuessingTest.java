// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.DrillSize;
import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Guessing at passwords: through every door, from many addresses, and by the clock. */
class GuessingTest {

  /** Amid the other tests the server of all stands for one with a clock to set. */
  private static final boolean ALONE = DrillSize.of(0, 1, 1) == 1;

  private static final int WINDOWS = DrillSize.of(1, 10, 10);
  private static final int GUESSES = DrillSize.of(120, 1_000, 1_000);
  private static final int PAIRS = DrillSize.of(10, 200, 1_000);
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MOST = 20;
  private static final int MOST_FROM_ONE = 100;
  private static final double GAP_MILLIS = 5;

  /** Of fewer pairs nothing can be said. */
  private static final int ENOUGH = 100;

  /** Of a normal distribution, 95 in 100 lie within so many deviations. */
  private static final double WITHIN = 1.96;

  private static final int TOO_MANY = 429;
  private static final String JSON_TYPE = "application/json";
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final List<String> SPOOFED =
      List.of("X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "True-Client-IP", "Client-IP");

  private final Random random = DrillSize.random();
  private final String mark = Long.toHexString(random.nextLong());
  private final TestServer server =
      ALONE
          ? TestServer.start(
              AdjustableClock.ahead(Duration.ZERO), "--entrepot.sync.local-callers=true")
          : TestServer.shared();

  @AfterEach
  void close() {
    if (ALONE) {
      server.close();
    }
  }

  /** A way to sign in. */
  private record Door(String line, String type, String body) {

    String request(String email, String password, String headers) {
      String sent = body.formatted(email, password);
      return line
          + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
          + (type + "\r\nContent-Length: " + sent.getBytes(UTF_8).length + "\r\n")
          + (headers + "\r\n" + sent);
    }
  }

  private static final Door TOKEN =
      new Door("POST /auth/jwt/login", FORM_TYPE, "username=%s&password=%s");

  private final List<Door> doors = doors();

  private List<Door> doors() {
    String json = "{\"username\":\"%s\",\"password\":\"%s\"}";
    List<Door> all = new ArrayList<>();
    all.add(TOKEN);
    all.add(new Door("POST /auth/cookie/login", FORM_TYPE, "username=%s&password=%s"));
    all.add(new Door("POST /api/auth/login", JSON_TYPE, json));
    all.add(new Door("POST /api/auth/login", FORM_TYPE, "username=%s&password=%s"));
    all.add(
        new Door(
            "PUT /api/v1/auth/local/session", JSON_TYPE, json.replace("username", "user_name")));
    return all;
  }

  private static RawAnswer send(TestServer server, String from, String request) throws IOException {
    return RawAnswer.first(RawAnswer.exchange(from, server.port(), request.getBytes(UTF_8), false));
  }

  /** The door of the pages, with the token that its form carries. */
  private RawAnswer page(String from, String email, String password, String headers)
      throws IOException {
    String shown = "GET /ui/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    RawAnswer form = send(server, from, shown);
    String cookie = found("(?i)set-cookie: (entrepot_form=[^;]+)", form.head());
    String token = found("name=\"_csrf\" value=\"([^\"]+)\"", form.body());
    Door door = new Door("POST /ui/login", FORM_TYPE, "email=%s&password=%s&_csrf=" + token);
    return send(
        server, from, door.request(email, password, headers + "Cookie: " + cookie + "\r\n"));
  }

  private static String found(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private RawAnswer guess(String from, String email, String password, String headers)
      throws IOException {
    int door = random.nextInt(doors.size() + 1);
    return door == doors.size()
        ? page(from, email, password, headers)
        : send(server, from, doors.get(door).request(email, password, headers));
  }

  private String newPerson(String name) {
    String email = name + "-" + mark + "@lab.example";
    server
        .anonymous()
        .post("/auth/register", json("email", email, "password", password(email)))
        .expect(201);
    return email;
  }

  private static String password(String email) {
    return "the-password-of-" + email;
  }

  private String somewhere() {
    return "127.%d.%d.%d"
        .formatted(1 + random.nextInt(60), random.nextInt(256), 1 + random.nextInt(254));
  }

  /** What was judged of guesses in one window, by person and by address. */
  private static final class Judged {
    private final Map<String, Integer> by = new HashMap<>();
    private int refused;

    void count(String email, String from, int status) {
      if (status == TOO_MANY) {
        refused++;
      } else if (status != 403) {
        by.merge(email.toLowerCase(Locale.ROOT), 1, Integer::sum);
        by.merge(from, 1, Integer::sum);
      }
    }

    int most(boolean addresses) {
      return by.entrySet().stream()
          .filter(entry -> entry.getKey().contains("@") != addresses)
          .mapToInt(Map.Entry::getValue)
          .max()
          .orElse(0);
    }
  }

  @Test
  void nobody_has_more_tries_than_twenty_whatever_he_says_and_the_owner_gets_in() throws Exception {
    List<String> people = new ArrayList<>();
    Map<String, String> devices = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      String email = newPerson("guessed" + i);
      people.add(email);
      devices.put(email, "127.77.%d.%d".formatted(random.nextInt(256), i + 1));
      assertThat(send(server, devices.get(email), own(email)).status()).isEqualTo(200);
    }
    for (int i = 0; i < 4; i++) {
      people.add("unknown" + i + "-" + mark + "@lab.example");
    }

    int most = 0;
    int refused = 0;
    for (int window = 0; window < WINDOWS; window++) {
      Judged judged = window(people, devices);
      most = Math.max(most, judged.most(false));
      refused += judged.refused;
      assertThat(judged.most(false)).as("tries for one person").isLessThanOrEqualTo(MOST);
      assertThat(judged.most(true)).as("tries of one address").isLessThanOrEqualTo(MOST_FROM_ONE);
      if (ALONE) {
        server.part(AdjustableClock.class).advance(WINDOW);
      }
    }

    assertThat(most).as("so many are allowed, and were needed").isEqualTo(MOST);
    DrillSize.tell(
        "%,d guesses at %d doors, %,d refused, at most %d for one person in ten minutes",
        WINDOWS * GUESSES, doors.size() + 1, refused, most);
  }

  private static String own(String email) {
    return TOKEN.request(email, password(email), "");
  }

  private Judged window(List<String> people, Map<String, String> devices) throws IOException {
    Judged judged = new Judged();
    String sprayer = somewhere();
    String favourite = people.get(random.nextInt(people.size()));
    for (int i = 0; i < GUESSES; i++) {
      int manner = random.nextInt(10);
      String email = manner < 5 ? favourite : people.get(random.nextInt(people.size()));
      String from = somewhere();
      if (manner == 9) {
        email = "sprayed" + i + "-" + mark + "@lab.example";
        from = sprayer;
      }
      String spelled = random.nextInt(4) == 0 ? email.toUpperCase(Locale.ROOT) : email;
      String claimed = devices.getOrDefault(email, somewhere());
      RawAnswer answer = guess(from, spelled, "wrong" + i, spoofed(claimed));
      assertThat(answer.status()).as(answer.body()).isIn(400, 401, 403, TOO_MANY);
      judged.count(email, from, answer.status());
      if (i % (GUESSES / 2) == GUESSES / 2 - 1) {
        ownersGetIn(devices);
      }
    }
    return judged;
  }

  /** As if it came from where its owner signs in. */
  private String spoofed(String address) {
    String name = SPOOFED.get(random.nextInt(SPOOFED.size()));
    return switch (random.nextInt(3)) {
      case 0 -> "";
      case 1 -> "Forwarded: for=" + address + "\r\n";
      default -> name + ": " + address + "\r\n";
    };
  }

  private void ownersGetIn(Map<String, String> devices) throws IOException {
    for (var device : devices.entrySet()) {
      RawAnswer in = send(server, device.getValue(), own(device.getKey()));
      assertThat(in.status()).as(in.body()).isEqualTo(200);
      String token = found("\"access_token\":\"([^\"]+)\"", in.body());
      String sessions = server.withToken(token).get("/api/auth/sessions?limit=1000").text();
      assertThat(sessions).contains(device.getValue());
    }
  }

  @Test
  void how_long_a_refusal_takes_does_not_say_whether_there_is_such_a_person_or_key()
      throws Exception {
    if (ALONE) {
      try (TestServer earnest = TestServer.start(TestServer.FULL_PASSWORD_WORK)) {
        byTheClock(earnest);
      }
    } else {
      byTheClock(server);
    }
  }

  private void byTheClock(TestServer watched) throws IOException {
    // Twenty tries each are judged, and more would not be.
    List<String> known = new ArrayList<>();
    for (int i = 0; i <= PAIRS / 15; i++) {
      String email = "timed" + i + "-" + mark + "@lab.example";
      watched
          .anonymous()
          .post("/auth/register", json("email", email, "password", password(email)))
          .expect(201);
      known.add(email);
    }
    String key =
        watched
            .admin()
            .post("/api/keys", json("name", mark))
            .expect(201)
            .json()
            .at("/data/key")
            .asString();
    List<Double> people = new ArrayList<>();
    List<Double> keys = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      String there = known.get(i / 15);
      String nowhere = there.replace("timed", "nobody");
      people.add(
          difference(
              watched, TOKEN.request(there, "wrong", ""), TOKEN.request(nowhere, "wrong", "")));
      String rest = Long.toHexString(random.nextLong()) + "x".repeat(20);
      keys.add(
          difference(watched, bearer(key.substring(0, 10) + rest), bearer("ek_wrong12" + rest)));
    }
    String person = judged("somebody and nobody", people);
    DrillSize.tell("%s; %s; %d pairs each", person, judged("prefixes of keys", keys), PAIRS);
  }

  private static String bearer(String key) {
    return "GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + ("Authorization: Bearer " + key + "\r\n\r\n");
  }

  /** By how many milliseconds the first takes longer, whichever is sent first. */
  private double difference(TestServer watched, String first, String second) throws IOException {
    boolean turned = random.nextBoolean();
    double one = millis(watched, turned ? second : first);
    double other = millis(watched, turned ? first : second);
    return turned ? other - one : one - other;
  }

  private double millis(TestServer watched, String request) throws IOException {
    String from = somewhere();
    long begin = System.nanoTime();
    RawAnswer answer = send(watched, from, request);
    double took = (System.nanoTime() - begin) / 1e6;
    assertThat(answer.status()).as(answer.body()).isIn(400, 401);
    return took;
  }

  /** Red when the gap is beyond the limit with a certainty of 95 in 100; full size: not within. */
  private static String judged(String what, List<Double> differences) {
    double mean = differences.stream().mapToDouble(d -> d).average().orElseThrow();
    double variance =
        differences.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum()
            / (differences.size() - 1);
    double margin = WITHIN * Math.sqrt(variance / differences.size());
    String text = "%s: %.2f ms apart, give or take %.2f".formatted(what, mean, margin);
    if (differences.size() < ENOUGH) {
      return text;
    }
    double judged = Math.abs(mean) + (DrillSize.of(0, 0, 1) == 1 ? margin : -margin);
    assertThat(judged).as(text).isLessThanOrEqualTo(GAP_MILLIS);
    return text;
  }
}
