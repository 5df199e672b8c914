// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start page answers. */
class StartPageTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.start();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String home() {
    Answer answer =
        fixture.admin().send(fixture.admin().request("/ui/").header("Accept", "text/html").build());
    return answer.expect(200).text().replaceAll("(?s)<svg.*?</svg>", "");
  }

  /** What stands under a question along the top. */
  private static String answerTo(String question, String page) {
    String rest = page.substring(page.indexOf("<h2>" + question));
    return rest.substring(0, rest.indexOf("</li>")).replaceAll("<[^>]*>", " ");
  }

  /** What stands under what would be lost. */
  private static String risks(String page) {
    String rest = page.substring(page.indexOf("id=\"loss\""));
    return rest.substring(0, rest.indexOf("</section>")).replaceAll("<[^>]*>", " ");
  }

  @Test
  void files_that_a_filter_keeps_out_are_waited_for_by_nobody() {
    Line line = fixture.line();
    line.put("good.dat", "content");
    line.put("junk.tmp", "content");
    fixture.fileFilter(line, "exclude_patterns", List.of("*.tmp"));
    fixture.harvest(line);

    String page = home();
    assertThat(answerTo("Has every file a proved copy?", page)).contains("Yes");
    assertThat(page).contains("Ended in the last day: 1 job, none with warnings.");
    assertThat(risks(page))
        .contains("You would lose nothing that is to be kept")
        .contains("but for what a hook skipped");
  }

  @Test
  void a_copy_that_a_download_found_damaged_needs_somebody() throws IOException {
    Line line = fixture.line();
    line.put("plate.tif", "content");
    fixture.harvest(line);
    Files.writeString(line.copyOf("plate.tif"), "c0ntent");

    String file = fixture.file(line, "plate.tif").get("id").asString();
    fixture.admin().get("/api/files/" + file + "/content").expect(500);

    String page = home();
    assertThat(answerTo("Has every file a proved copy?", page))
        .contains("No", "1 copy is damaged or lost");
    assertThat(page)
        .contains("plate.tif: its copy is damaged or lost", "Read whole for a download")
        .doesNotContain("All is well");
    assertThat(risks(page))
        .contains("1 copy is damaged or lost", "no other copy")
        .doesNotContain("You would lose nothing");
  }

  @Test
  void it_says_what_would_be_lost_with_an_instrument_and_which_is_silent() throws IOException {
    Line line = fixture.line();
    line.put("plate.tif", "content");
    fixture.harvest(line);
    assertThat(home())
        .contains("You would lose nothing that is to be kept")
        .doesNotContain("is silent");

    Files.delete(line.source().resolve("plate.tif"));
    Files.delete(line.source());
    fixture.failure(line);

    assertThat(home()).contains("is silent", "What it made since its last harvest");
  }
}
