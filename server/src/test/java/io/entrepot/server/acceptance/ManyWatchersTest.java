// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole institute has the page of one run open, or a client that listens to it. */
class ManyWatchersTest {

  private static final int WATCHERS = 1_000;
  private static final int PATIENCE_MILLIS = 60_000;

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  @Test
  void a_thousand_watchers_of_one_run_all_hear_of_its_end_and_others_are_still_answered()
      throws Exception {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line("stability_seconds", 4); // so that most are there before it ends
    line.put("a.dat", "content");
    String run = fixture.trigger(line.schedule());
    List<Socket> watchers = new ArrayList<>();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> heard = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        Socket watcher = watch(i % 2 == 0 ? "/api/runs/" + run : "/ui/jobs/" + run);
        watchers.add(watcher);
        heard.add(readers.submit(() -> new String(watcher.getInputStream().readAllBytes(), UTF_8)));
      }
      long asked = System.nanoTime();
      admin.get("/api/runs/" + run).expect(200);
      assertThat(System.nanoTime() - asked).isLessThan(TimeUnit.SECONDS.toNanos(5));

      fixture.completed(run);

      for (int i = 0; i < WATCHERS; i++) {
        assertThat(heard.get(i).get(1, TimeUnit.MINUTES))
            .startsWith("HTTP/1.1 200")
            .contains(i % 2 == 0 ? "\"completed\"" : "event:end");
      }
    } finally {
      for (Socket watcher : watchers) {
        watcher.close();
      }
    }
  }

  private Socket watch(String of) throws Exception {
    URI address = server.address();
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    String request =
        """
        GET %s/events HTTP/1.1
        Host: %s
        Authorization: %s
        Accept: text/event-stream
        Connection: close

        """
            .formatted(
                of,
                address.getAuthority(),
                admin.request("/").build().headers().firstValue("Authorization").orElseThrow());
    socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
    return socket;
  }
}
