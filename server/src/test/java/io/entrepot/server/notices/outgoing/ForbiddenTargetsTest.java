// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.notices.Listening;
import io.entrepot.server.notices.Receiver;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Addresses that lead inside, in every spelling there is: no connection is made to any of them, as
 * a socket shows that listens on all addresses of this machine.
 */
class ForbiddenTargetsTest {

  private static final int TARGETS = DrillSize.of(600, 3_000, 20_000);
  private static final int AT_THE_DOOR = DrillSize.of(30, 500, 2_000);
  private static final int SENT = DrillSize.of(3, 40, 400);
  private static final int ANSWERS = DrillSize.of(20, 200, 2_000);
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final String CONFIGS = "/api/notification-configs";
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final JsonMapper JSON = new JsonMapper();

  private final Random random = DrillSize.random();

  /** As the platform looks names up, but nothing that is found leads off this machine. */
  private static InetAddress[] atHome(String host) throws UnknownHostException {
    InetAddress[] found =
        host.endsWith("inside.example")
            ? new InetAddress[] {InetAddress.getByName("127.0.0.1")}
            : InetAddress.getAllByName(host);
    for (InetAddress address : found) {
      if (!ForbiddenTargets.isInside(address)) {
        throw new UnknownHostException(host);
      }
    }
    return found;
  }

  @Test
  void no_spelling_of_an_address_inside_is_connected_to() throws Exception {
    List<String> faults = new ArrayList<>();
    int refused = 0;
    try (Listening inside = Listening.onAll();
        Outgoing outgoing =
            new Outgoing(new AddressGuard(List.of(), ForbiddenTargetsTest::atHome), SOON)) {
      List<String> targets = new ForbiddenTargets(random, inside.port()).some(TARGETS);
      for (String target : targets) {
        if (Call.problem(target).isPresent()) {
          refused++;
          continue;
        }
        switch (outgoing.send(Call.post(URI.create(target), "text/plain", "x"))) {
          case Reply.Refused _ -> refused++;
          case Reply.Unreached unreached -> {
            if (!unreached.words().startsWith("No address is known")) {
              faults.add(target + ": " + unreached.words());
            }
          }
          case Reply reply -> faults.add(target + ": " + reply.words());
        }
      }
      assertThat(faults).isEmpty();
      assertThat(inside.connections()).isZero();
      DrillSize.tell(
          "%,d targets inside, %,d refused by name, no connection", targets.size(), refused);
    }
  }

  @Test
  void a_name_that_changes_its_answer_is_connected_to_where_it_was_checked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    List<String> given = Collections.synchronizedList(new ArrayList<>());
    AddressGuard.Names rebinding =
        _ -> {
          String answer = asked.getAndIncrement() % 2 == 0 ? "127.0.0.2" : "127.0.0.1";
          given.add(answer);
          return new InetAddress[] {InetAddress.getByName(answer)};
        };
    try (Receiver open =
            Receiver.start("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
        Listening inside = Listening.on("127.0.0.1", open.port());
        Outgoing outgoing = new Outgoing(new AddressGuard(List.of("127.0.0.2"), rebinding), SOON)) {
      for (int i = 0; i < ANSWERS; i++) {
        URI target = URI.create("http://changing" + i + ".example:" + open.port() + "/");
        outgoing.send(Call.get(target));
      }
      assertThat(asked).as("one look for each request").hasValue(ANSWERS);
      assertThat(open.requests()).hasSize(Collections.frequency(given, "127.0.0.2"));
      assertThat(inside.connections()).isZero();
      DrillSize.tell("%,d names that change their answer, no connection inside", ANSWERS);
    }
  }

  @Test
  void no_answer_sends_a_request_or_its_credentials_on() throws Exception {
    List<Integer> statuses = List.of(300, 301, 302, 303, 305, 307, 308, 401, 407);
    AtomicInteger asked = new AtomicInteger();
    try (Listening inside = Listening.onAll()) {
      List<String> places = new ArrayList<>(new ForbiddenTargets(random, inside.port()).some(SENT));
      places.add("//127.0.0.1:" + inside.port() + "/");
      places.add("http://127.0.0.2:" + inside.port() + "/");
      Receiver.Manner sendingOn =
          exchange -> {
            int number = asked.getAndIncrement();
            String place = asBytes(places.get(number / statuses.size()));
            exchange.getResponseHeaders().set("Location", place);
            exchange.getResponseHeaders().set("Refresh", "0;url=" + place);
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(statuses.get(number % statuses.size()), -1);
          };
      try (Receiver open = Receiver.start("127.0.0.2", 0, sendingOn);
          Outgoing outgoing =
              new Outgoing(
                  new AddressGuard(List.of("127.0.0.2"), ForbiddenTargetsTest::atHome), SOON)) {
        for (int i = 0; i < places.size() * statuses.size(); i++) {
          Call call = Call.get(open.at("/")).with("Authorization", "Bearer canary");
          assertThat(outgoing.send(call)).isInstanceOf(Reply.Answered.class);
        }
        assertThat(asked).as("each asked once").hasValue(places.size() * statuses.size());
      }
      assertThat(inside.connections()).isZero();
    }
    DrillSize.tell("%,d answers that send on, none followed", asked.get());
  }

  /** Letters as a server would send them: byte for byte. */
  private static String asBytes(String place) {
    return new String(place.replaceAll("[\r\n]", "").getBytes(UTF_8), ISO_8859_1);
  }

  @Test
  void no_line_of_somebody_elses_making_gets_into_a_request() throws Exception {
    for (String line : List.of("a\r\nX-Made: 1", "a\nX-Made: 1", "a\rX-Made: 1", "a\u0000b")) {
      assertThatThrownBy(() -> Call.get(URI.create("http://a.example/")).with("X-A", line))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(Call.problem("http://a.example/" + line)).isPresent();
    }
    try (Receiver open =
            Receiver.start("127.0.0.2", 0, exchange -> exchange.sendResponseHeaders(204, -1));
        Outgoing outgoing =
            new Outgoing(
                new AddressGuard(List.of("127.0.0.2"), ForbiddenTargetsTest::atHome), SOON)) {
      // Letters whose low byte is that of a line's end.
      for (String letters :
          List.of("\u010d\u010a", "\u560d\u560a", "\u0d0d\u0a0a", "\u2c0d\u2c0a")) {
        URI target = URI.create("http://127.0.0.2:" + open.port() + "/" + letters + "X-Made:1");
        outgoing.send(Call.get(target).with("X-A", "a" + letters + "X-Made: 1"));
      }
      assertThat(open.requests())
          .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("X-Made"));
    }
  }

  @Test
  void a_channel_at_the_door_reaches_nothing_inside() throws Exception {
    TestClient admin = TestServer.shared().admin();
    int taken = 0;
    try (Listening inside = Listening.onAll()) {
      for (String target : new ForbiddenTargets(random, inside.port()).some(AT_THE_DOOR)) {
        if (ForbiddenTargets.leadsOut(target)) {
          continue;
        }
        Map<String, Object> config =
            random.nextBoolean() ? Map.of("url", target) : Map.of("url", target, "secret", SECRET);
        String made =
            JSON.writeValueAsString(
                Map.of(
                    "name",
                    "target" + taken + Long.toHexString(random.nextLong()),
                    "provider",
                    config.size() == 1 ? "ntfy" : "webhook",
                    "provider_config",
                    config));
        Answer answer = admin.post(CONFIGS, made);
        assertThat(answer.status()).as(target).isIn(201, 400, 422);
        if (answer.status() == 201) {
          taken++;
          String channel = CONFIGS + "/" + answer.json().at("/data/id").asString();
          Answer tested = admin.post(channel + "/test");
          assertThat(tested.status()).as("%s: %s", target, tested.text()).isLessThan(503);
          assertThat(tested.text()).as(target).doesNotContain("could not be reached");
          admin.delete(channel);
        }
      }
      assertThat(inside.connections()).isZero();
    }
    DrillSize.tell(
        "%,d channels with targets inside, %,d tested, no connection", AT_THE_DOOR, taken);
  }
}
