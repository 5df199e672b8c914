// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.behind;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import io.entrepot.server.catalog.Failure;
import io.entrepot.server.catalog.Ingest;
import io.entrepot.server.database.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that went while its original was about to be removed. */
class LostCopyTest {

  private static final String QUESTION = "<h2>Has every file a proved copy?";

  @TempDir Path folder;

  private static String home(HarvestFixture fixture) {
    return fixture
        .admin()
        .send(fixture.admin().request("/ui/").header("Accept", "text/html").build())
        .expect(200)
        .text()
        .replaceAll("(?s)<svg.*?</svg>", "");
  }

  private static String answer(String page) {
    String rest = page.substring(page.indexOf(QUESTION));
    return rest.substring(0, rest.indexOf("</li>")).replaceAll("<[^>]*>", " ");
  }

  @Test
  void a_lost_copy_needs_somebody_until_it_is_there_again() {
    try (TestServer server = TestServer.start()) {
      HarvestFixture fixture = new HarvestFixture(server, folder);
      Line line = fixture.line();
      line.put("scan.raw", "content");
      fixture.harvest(line);
      lose(server, fixture.transfer(line, "scan.raw").get("id").asString());

      String lost = home(fixture);
      assertThat(answer(lost)).contains("No", "1 copy is damaged or lost");
      assertThat(lost)
          .contains("scan.raw: its copy is damaged or lost", "The copy is gone")
          .doesNotContain("All is well");

      fixture.harvest(line);
      assertThat(answer(home(fixture))).contains("Yes");
    }
  }

  private static void lose(TestServer server, String transfer) {
    Instant now = Instant.now();
    Id id = Id.fromUuid(UUID.fromString(transfer));
    Failure failure =
        new Failure(id, ErrorCode.COPY_LOST, "the copy is gone", null, now, now, 1, null);
    server.part(Database.class).write(() -> server.part(Ingest.class).failed(List.of(failure)));
  }
}
