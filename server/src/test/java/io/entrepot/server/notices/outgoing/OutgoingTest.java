// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.notices.Receiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingTest {

  private static final Duration SOON = Duration.ofSeconds(2);

  /** Names lead to where the test says; only 127.0.0.2 is open. */
  private static Outgoing outgoing(AddressGuard.Names names) {
    return new Outgoing(new AddressGuard(List.of("127.0.0.2"), names), SOON);
  }

  private static Receiver good(String address, int port) {
    return Receiver.start(address, port, exchange -> exchange.sendResponseHeaders(204, -1));
  }

  @Test
  void dns_rebinding_leads_nowhere_for_the_address_that_was_checked_is_the_one_connected_to()
      throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AddressGuard.Names rebinding =
        _ -> {
          String answer = asked.incrementAndGet() == 1 ? "127.0.0.2" : "127.0.0.1";
          return new InetAddress[] {InetAddress.getByName(answer)};
        };
    try (Receiver open = good("127.0.0.2", 0);
        Receiver inside = good("127.0.0.1", open.port());
        Outgoing outgoing = outgoing(rebinding)) {
      URI target = URI.create("http://rebinding.example:" + open.port() + "/hook");
      assertThat(outgoing.send(Call.post(target, "text/plain", "x")).isGood()).isTrue();
      assertThat(asked).hasValue(1);
      assertThat(open.requests()).hasSize(1);
      assertThat(open.requests().getFirst().headers().get("Host"))
          .isEqualTo("rebinding.example:" + open.port());
      assertThat(outgoing.send(Call.post(target, "text/plain", "x")))
          .isInstanceOf(Reply.Refused.class);
      assertThat(open.requests()).hasSize(1);
      assertThat(inside.requests()).isEmpty();
    }
  }

  @Test
  void a_redirect_to_a_refused_place_is_an_answer_and_not_followed() throws Exception {
    try (Receiver inside = good("127.0.0.1", 0);
        Receiver open =
            Receiver.start(
                "127.0.0.2",
                0,
                exchange -> {
                  exchange.getResponseHeaders().set("Location", inside.at("/secret").toString());
                  exchange.sendResponseHeaders(302, -1);
                });
        Outgoing outgoing = outgoing(InetAddress::getAllByName)) {
      Reply reply = outgoing.send(Call.get(open.at("/")));
      assertThat(reply.isGood()).isFalse();
      assertThat(reply.words()).contains("302").contains("not followed");
      assertThat(inside.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/",
        "http://localhost:%d/",
        "http://[::1]:%d/",
        "http://0.0.0.0:%d/",
        "http://[::ffff:127.0.0.1]:%d/",
        "http://2130706433:%d/",
        "http://127.1:%d/",
        "http://0x7f.1:%d/",
        "http://127.0.0.1.:%d/",
        "http://user:pass@127.0.0.2:%d/",
        "ftp://127.0.0.2:%d/",
        "file:///etc/passwd",
        "http:///x",
        "gopher://127.0.0.2:%d/"
      })
  void nothing_connects_to_the_server_itself(String address) throws Exception {
    try (ServerSocket inside = new ServerSocket(0);
        Outgoing outgoing = outgoing(InetAddress::getAllByName)) {
      URI target = URI.create(address.formatted(inside.getLocalPort()));
      assertThat(outgoing.send(Call.get(target)).isGood()).isFalse();
      inside.setSoTimeout(1);
      org.assertj.core.api.Assertions.assertThatThrownBy(inside::accept)
          .isInstanceOf(java.net.SocketTimeoutException.class);
    }
  }

  @Test
  void somebody_who_answers_drop_by_drop_is_not_waited_for() throws Exception {
    try (Receiver slow =
            Receiver.start(
                "127.0.0.2",
                0,
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  drip(exchange.getResponseBody());
                });
        Outgoing outgoing = outgoing(InetAddress::getAllByName)) {
      Reply reply = outgoing.send(Call.get(slow.at("/")));
      assertThat(reply).isInstanceOf(Reply.Unreached.class);
      assertThat(reply.words()).contains("did not answer within 2 seconds");
    }
  }

  private static void drip(java.io.OutputStream out) throws IOException {
    var latch = new java.util.concurrent.CountDownLatch(1);
    for (int i = 0; i < 1000; i++) {
      out.write('x');
      out.flush();
      try {
        latch.await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Test
  void of_an_answer_without_end_only_the_beginning_is_read() throws Exception {
    byte[] block = new byte[64 * 1024];
    try (Receiver endless =
            Receiver.start(
                "127.0.0.2",
                0,
                exchange -> {
                  exchange.sendResponseHeaders(200, 0);
                  while (true) {
                    exchange.getResponseBody().write(block);
                  }
                });
        Outgoing outgoing = outgoing(InetAddress::getAllByName)) {
      Reply reply = outgoing.send(Call.get(endless.at("/")));
      assertThat(reply).isInstanceOf(Reply.Answered.class);
      assertThat(((Reply.Answered) reply).body()).hasSize(Outgoing.BODY_LIMIT);
    }
  }

  @Test
  void a_line_break_in_a_header_is_refused() {
    Call call = Call.get(URI.create("http://example.org/"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> call.with("X-A", "b\r\nX-C: d"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_place_where_nobody_listens_is_said_to_be_unreachable() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0)) {
      port = gone.getLocalPort();
    }
    try (Outgoing outgoing = outgoing(InetAddress::getAllByName)) {
      Reply reply = outgoing.send(Call.get(URI.create("http://127.0.0.2:" + port + "/")));
      assertThat(reply).isInstanceOf(Reply.Unreached.class);
      assertThat(reply.words()).contains("could not be reached");
    }
  }
}
