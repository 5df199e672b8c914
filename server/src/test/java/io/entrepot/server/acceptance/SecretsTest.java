// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.ServerProcess;
import io.entrepot.server.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server leaves on disk, looked through byte by byte for the secrets it was given. */
class SecretsTest {

  private static final Pattern READY = Pattern.compile("ready at (http://[^/]+)/");
  private static final String ADMIN = "admin@example.com";

  private static final List<String> SECRETS =
      List.of(
          "canary-of-the-administrator",
          "canary-of-a-user",
          "canary-of-an-account",
          "canary-in-a-private-key",
          "canary-of-a-passphrase",
          "canary-of-a-bucket",
          "canary-of-a-share");

  @TempDir Path folder;

  private URI address() {
    Path out = folder.resolve("out");
    await("the server's first line", () -> READY.matcher(text(out)).find());
    Matcher ready = READY.matcher(text(out));
    assertThat(ready.find()).isTrue();
    return URI.create(ready.group(1));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends every kind of secret through every door that takes one, rightly and wrongly. */
  private static void tellAll(TestClient admin, TestClient anonymous) {
    for (String tail : List.of("", ",\"broken", ",\"name\":7")) {
      anonymous.post(
          "/auth/register",
          "{\"email\":\"u@lab.example\",\"password\":\"canary-of-a-user\"" + tail + "}");
      admin.post(
          "/api/service-accounts",
          "{\"name\":\"a\",\"username\":\"u\",\"password\":\"canary-of-an-account\"" + tail + "}");
    }
    admin
        .post(
            "/api/service-accounts",
            json(
                "name",
                "k",
                "username",
                "u",
                "auth_type",
                "ssh_key",
                "private_key",
                "canary-in-a-private-key",
                "passphrase",
                "canary-of-a-passphrase"))
        .expect(201);
    store(
        admin,
        "s3",
        "bucket",
        "b",
        "region",
        "r",
        "access_key_id",
        "k",
        "secret_access_key",
        "canary-of-a-bucket");
    store(
        admin, "cifs", "host", "h", "share", "s", "username", "u", "password", "canary-of-a-share");
  }

  private static void store(TestClient admin, String type, Object... config) {
    String id =
        HarvestFixture.id(
            admin.post(
                "/api/storage-locations",
                json(
                    "name",
                    type,
                    "type",
                    type,
                    "base_path",
                    "data",
                    "connection_config",
                    map(config))));
    admin.get("/api/storage-locations/" + id + "/test");
  }

  @Test
  @Check("harvest 14")
  void neither_database_nor_logs_hold_a_secret_in_the_clear() throws Exception {
    Process process =
        ServerProcess.start(
            folder,
            Map.of("ADMIN_EMAIL", ADMIN, "ADMIN_PASSWORD", SECRETS.getFirst()),
            "--entrepot.port=0",
            "--entrepot.data=" + folder.resolve("data"));
    try {
      URI address = address();
      TestClient anonymous = new TestClient(address, Optional.empty());
      String token = anonymous.signIn(ADMIN, SECRETS.getFirst());
      tellAll(new TestClient(address, Optional.of(token)), anonymous);
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      List<Path> left;
      try (Stream<Path> walk = Files.walk(folder)) {
        left = walk.filter(Files::isRegularFile).toList();
      }
      assertThat(left)
          .extracting(file -> file.getFileName().toString())
          .anyMatch(name -> name.endsWith(".db"))
          .anyMatch(name -> name.endsWith(".log"));
      for (Path file : left) {
        String content = text(file);
        assertThat(SECRETS).as(file.toString()).noneMatch(content::contains);
        assertThat(content.contains(token)).as(file.toString()).isFalse();
      }
    } finally {
      process.destroyForcibly();
    }
  }
}
