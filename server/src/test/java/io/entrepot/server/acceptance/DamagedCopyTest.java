// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What a download that meets wrong bytes leaves behind. */
class DamagedCopyTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private final Lines errors = new Lines();
  private final Logger log = (Logger) LoggerFactory.getLogger("io.entrepot");

  private Line line;
  private String file = "";

  /** Requests end on threads of their own. */
  private static final class Lines extends ListAppender<ILoggingEvent> {
    Lines() {
      list = new CopyOnWriteArrayList<>();
    }
  }

  @BeforeEach
  void listen() {
    errors.start();
    log.addAppender(errors);
  }

  @AfterEach
  void leave() {
    log.detachAppender(errors);
  }

  private HarvestFixture harvested(String text) {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    line = fixture.line();
    line.put("a.dat", text);
    fixture.harvest(line);
    file = "/api/files/" + fixture.file(line, "a.dat").get("id").asString();
    return fixture;
  }

  private static void flip(Path copy) throws IOException {
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy, bytes);
  }

  private List<String> states() {
    return texts(admin.get(file + "/custody").expect(200).json().get("copies"), "state");
  }

  private static List<String> texts(JsonNode list, String name) {
    return list.valueStream().map(one -> one.get(name).asString()).toList();
  }

  private List<String> integrityErrors() {
    return errors.list.stream()
        .filter(event -> event.getLevel() == Level.ERROR)
        .map(ILoggingEvent::getFormattedMessage)
        .filter(text -> text.contains("CHECKSUM_MISMATCH"))
        .toList();
  }

  @Test
  void wrong_bytes_are_entered_in_the_story_and_in_the_log_and_shown() throws IOException {
    harvested("content");
    flip(line.copyOf("a.dat"));

    JsonNode problem = admin.get(file + "/content").expect(500).json();

    assertThat(problem.get("detail").asString())
        .contains("a.dat", "damaged")
        .doesNotContain(line.target().toString());
    assertThat(states()).containsExactly("damaged");
    JsonNode custody = admin.get(file + "/custody").json();
    assertThat(custody.at("/entries/0/event").asString()).isEqualTo("damaged");
    assertThat(custody.at("/copies/0/last_proved_at").asString()).isNotBlank();
    assertThat(integrityErrors()).singleElement().asString().contains("a.dat");
    String page = "/ui/files/" + file.substring(file.lastIndexOf('/') + 1);
    assertThat(admin.get(page).text())
        .contains("no good copy is known")
        .doesNotContain("It is intact");
  }

  @Test
  void to_ask_for_the_headers_alone_reads_nothing() throws IOException {
    harvested("content");
    flip(line.copyOf("a.dat"));

    for (String range : List.of("bytes=0-6", "bytes=2-3")) {
      Answer head =
          admin.send(
              admin
                  .request(file + "/content")
                  .header("Range", range)
                  .method("HEAD", HttpRequest.BodyPublishers.noBody())
                  .build());
      assertThat(head.status()).isIn(200, 206);
      assertThat(head.bytes()).isEmpty();
    }
    Answer whole = admin.send("HEAD", file + "/content", Optional.empty()).expect(200);

    assertThat(whole.header("Content-Length")).hasValue("7");
    assertThat(states()).containsExactly("proved");
    Files.delete(line.copyOf("a.dat"));
    admin.send("HEAD", file + "/content", Optional.empty()).expect(200);
    assertThat(states()).containsExactly("proved");
  }

  @Test
  void of_a_large_file_less_than_the_whole_arrives_and_the_damage_is_entered() throws IOException {
    harvested("0123456789".repeat(60_000));
    flip(line.copyOf("a.dat"));

    boolean whole;
    try {
      Answer answer = admin.get(file + "/content");
      whole = answer.status() == 200 && answer.bytes().length == 600_000;
    } catch (UncheckedIOException _) {
      whole = false;
    }

    assertThat(whole).isFalse();
    assertThat(states()).containsExactly("damaged");
    assertThat(integrityErrors()).hasSize(1);
  }

  @Test
  void the_next_download_takes_the_copy_that_is_not_damaged() throws IOException {
    HarvestFixture fixture = harvested("content");
    Path other = fixture.newFolder("store");
    String second = fixture.schedule(line.instrument(), fixture.storage(other));
    fixture.completed(fixture.trigger(second));
    flip(other.resolve(line.name()).resolve("a.dat"));

    admin.get(file + "/content").expect(500);

    assertThat(admin.get(file + "/content").expect(200).text()).isEqualTo("content");
    assertThat(admin.get(file + "/versions/1/content").expect(200).text()).isEqualTo("content");
    assertThat(states()).containsExactlyInAnyOrder("damaged", "proved");
  }

  @Test
  void when_all_are_damaged_no_byte_is_sent() throws IOException {
    harvested("0123456789".repeat(60_000));
    flip(line.copyOf("a.dat"));
    try {
      admin.get(file + "/content");
    } catch (UncheckedIOException _) {
      // Cut, as the other test says.
    }

    JsonNode problem = admin.get(file + "/content").expect(500).json();
    assertThat(problem.get("detail").asString()).contains("Every known copy", "damaged");
  }

  @Test
  void a_copy_that_cannot_be_read_is_not_called_damaged_and_proves_itself_when_it_is_back()
      throws IOException {
    harvested("content");
    Path away = line.target().resolve("away");
    Files.move(line.copyOf("a.dat"), away);

    assertThat(admin.get(file + "/content").status()).isEqualTo(502);
    admin.get(file + "/content");

    JsonNode custody = admin.get(file + "/custody").json();
    assertThat(custody.at("/copies/0/state").asString()).isEqualTo("proved");
    assertThat(custody.at("/copies/0/last_unread_at").asString()).isNotBlank();
    assertThat(texts(custody.get("entries"), "event"))
        .as("told once")
        .containsOnlyOnce("could_not_read");

    Files.move(away, line.copyOf("a.dat"));
    admin.get(file + "/content").expect(200);
    assertThat(admin.get(file + "/custody").json().at("/copies/0/last_unread_at").isNull())
        .isTrue();
  }
}
