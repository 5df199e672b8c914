// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start page answers. */
class StartPageTest {

  @TempDir Path folder;
  @TempDir Path mounted;

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
        .contains("You would lose nothing.")
        .contains("except those a hook left out");
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
    assertThat(home()).contains("You would lose nothing.").doesNotContain("is silent");

    Files.delete(line.source().resolve("plate.tif"));
    Files.delete(line.source());
    fixture.failure(line);

    assertThat(home()).contains("is silent", "What it made since its last harvest");
  }

  @Test
  void a_dry_run_shows_how_much_it_would_take() {
    Line line = fixture.line();
    line.put("a.dat", "abc");
    line.put("b.dat", "abcde");
    String run = fixture.trigger(line.schedule(), json("dry_run", true));
    fixture.completed(run);

    assertThat(progress(run))
        .contains("would take 2 files", "8 bytes")
        .doesNotContain("nothing to bring in", "0 files");
  }

  @Test
  void a_run_all_of_whose_files_a_hook_held_had_something_to_bring_in() {
    Line line = fixture.line();
    line.put("out.dat", "content");
    fixture.fileFilter(
        line, "redirect_rules", List.of(Map.of("pattern", "out.dat", "destination", "../../etc")));
    String run = fixture.trigger(line.schedule());
    fixture.ended(run);

    assertThat(progress(run))
        .contains("nothing was brought in", "1 file failed")
        .doesNotContain("nothing to bring in");
  }

  private String again(Line line) {
    String run = fixture.trigger(line.schedule());
    fixture.ended(run);
    return run;
  }

  @Test
  void a_run_that_found_nothing_new_had_nothing_to_bring_in() {
    Line line = fixture.line();
    line.put("a.dat", "abc");
    fixture.harvest(line);

    assertThat(progress(again(line))).contains("nothing to bring in");
  }

  /** What the page of a run says of how far it came. */
  private String progress(String run) {
    String page = fixture.admin().get("/ui/jobs/" + run).expect(200).text();
    String rest = page.substring(page.indexOf("id=\"job-progress\""));
    return rest.substring(0, rest.indexOf("</section>")).replaceAll("<[^>]*>", " ");
  }

  @Test
  void an_instrument_is_not_silent_because_its_storage_location_is_full() throws IOException {
    Line line = fixture.line();
    try (SmallDisk disk = SmallDisk.mount(mounted, 2)) {
      String storage = fixture.storage(disk.root());
      String schedule = fixture.schedule(line.instrument(), storage);
      Files.write(line.source().resolve("large.raw"), new byte[4 << 20]);
      assertThat(fixture.ended(fixture.trigger(schedule)).get("type").asString())
          .isEqualTo("FAILED");

      assertThat(home())
          .contains(line.name() + ": last harvest failed", "takes no more")
          .doesNotContain("is silent", "cannot see it");
    }
  }
}
