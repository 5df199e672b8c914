// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.entrepot.server.DrillSize;
import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestServer;
import io.entrepot.server.edge.MalformedRequests.Case;
import io.entrepot.server.edge.MalformedRequests.Rule;
import io.entrepot.server.identity.Accounts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Requests of many kinds that are not quite HTTP, each with a whole request behind it that would
 * register an account: none is taken for two, none breaks the server, and none shows its inside.
 */
class MalformedRequestsTest {

  private static final int CASES = DrillSize.of(69, 2_000, 20_000);

  /** In place of a status. */
  private static final int NO_ANSWER = 999;

  private static final byte[] NEXT =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1);

  private final TestServer server = TestServer.shared();
  private final Accounts accounts = server.part(Accounts.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    root().detachAppender(log);
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  @Test
  void nothing_malformed_is_taken_for_two_requests_or_breaks_the_server() throws IOException {
    Random random = DrillSize.random();
    List<String> faults = new ArrayList<>();
    Map<Integer, Integer> statuses = new LinkedHashMap<>();
    MalformedRequests requests = new MalformedRequests(random);
    for (int i = 0; i < CASES; i++) {
      Case one = requests.next();
      log.list.clear();
      List<RawAnswer> answers = answers(one);
      statuses.merge(answers.isEmpty() ? 0 : answers.getFirst().status(), 1, Integer::sum);
      faults(one, answers).forEach(fault -> faults.add(one.name() + ": " + fault));
    }

    assertThat(faults).isEmpty();
    DrillSize.tell(
        "%,d malformed requests of %d kinds, answered %s (0: closed): none taken for two",
        CASES, requests.kinds(), statuses);
  }

  /** What is to happen to none of them does happen when it is asked for. */
  @Test
  void the_request_behind_registers_somebody_when_it_is_sent_as_one() throws IOException {
    String wanted = "sent-as-one@lab.example";
    byte[] request = MalformedRequests.registration(wanted).getBytes(ISO_8859_1);

    assertThat(RawAnswer.first(RawAnswer.exchange(server.port(), request)).status()).isEqualTo(201);
    assertThat(accounts.findByEmail(wanted)).isPresent();
  }

  private List<RawAnswer> answers(Case one) throws IOException {
    try {
      return RawAnswer.all(RawAnswer.exchange(server.port(), one.bytes()));
    } catch (AssertionError | SocketTimeoutException e) {
      return List.of(new RawAnswer(NO_ANSWER, "", String.valueOf(e.getMessage())));
    }
  }

  private List<String> faults(Case one, List<RawAnswer> answers) throws IOException {
    List<String> faults = new ArrayList<>();
    for (RawAnswer answer : answers) {
      // That is how a version is refused which nobody knows.
      boolean versionUnknown = answer.status() == 505 && !one.firstLine().endsWith(" HTTP/1.1");
      if (answer.status() >= 500 && !versionUnknown || answer.status() == 101) {
        faults.add("it was answered " + answer.status() + ": " + answer.body());
      }
      if (answer.isTalkative() || answer.head().contains(MalformedRequests.ELSEWHERE)) {
        faults.add("the answer tells too much: " + answer);
      }
    }
    if (one.rule() == Rule.ENDS && answers.size() > 1) {
      faults.add("it was taken for " + statuses(answers));
    }
    if (one.rule() != Rule.PLAIN && !answers.isEmpty() && answers.getFirst().status() < 400) {
      faults.add("it was let in: " + statuses(answers));
    }
    if (accounts.findByEmail(one.behind()).isPresent()) {
      faults.add("what stood behind it was done");
    }
    log.list.stream()
        .filter(event -> event.getThrowableProxy() != null)
        .forEach(event -> faults.add("a stack trace in the log: " + event));
    if (RawAnswer.first(RawAnswer.exchange(server.port(), NEXT)).status() != 200) {
      faults.add("the next request was not answered");
    }
    return faults;
  }

  private static List<Integer> statuses(List<RawAnswer> answers) {
    return answers.stream().map(RawAnswer::status).toList();
  }
}
