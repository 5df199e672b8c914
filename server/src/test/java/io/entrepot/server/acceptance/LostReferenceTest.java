// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can still be done with a thing when what it points to is gone. */
class LostReferenceTest {

  @TempDir Path folder;

  private static void isRefused(Answer answer, String type, String field) {
    assertThat(answer.expect(422).json().at("/detail/0/type").asString()).isEqualTo(type);
    assertThat(answer.json().at("/detail/0/loc/1").asString()).isEqualTo(field);
  }

  @Test
  void a_hook_of_a_deleted_instrument_can_be_changed_but_not_switched_on() {
    TestServer server = TestServer.shared();
    TestClient admin = server.admin();
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    String hook = "/api/hooks/" + fixture.fileFilter(line, "min_size_bytes", 1);
    admin.delete("/api/instruments/" + line.instrument()).expect(204);

    admin.patch(hook, json("enabled", false)).expect(200);
    admin.patch(hook, json("instrument_id", line.instrument(), "priority", 3)).expect(200);

    isRefused(admin.patch(hook, json("enabled", true)), "reference_not_found", "instrument_id");
    admin.patch(hook, "{\"instrument_id\":null,\"enabled\":false}").expect(200);
    isRefused(
        admin.patch(hook, json("instrument_id", line.instrument())),
        "reference_not_found",
        "instrument_id");
    admin.delete(hook).expect(204);
  }

  @Test
  void an_instrument_whose_account_was_deleted_can_be_changed_but_not_switched_on() {
    TestClient admin = TestServer.shared().admin();
    String account =
        id(
            admin.post(
                "/api/service-accounts",
                json("name", unique("account"), "username", "u", "password", "p")));
    String instrument =
        "/api/instruments/"
            + id(
                admin.post(
                    "/api/instruments",
                    json(
                        "name",
                        unique("spectrometer"),
                        "cifs_host",
                        "h",
                        "cifs_share",
                        "s",
                        "service_account_id",
                        account)));
    admin.delete(instrument).expect(204);
    admin.delete("/api/service-accounts/" + account).expect(204);
    admin.post(instrument + "/restore").expect(200);

    admin.patch(instrument, json("description", "being repaired")).expect(200);

    isRefused(
        admin.patch(instrument, json("enabled", true)),
        "reference_not_found",
        "service_account_id");
    admin.patch(instrument, "{\"service_account_id\":null,\"enabled\":true}").expect(200);
  }

  @Test
  void a_folder_that_the_server_may_no_longer_use_fails_its_test_and_can_be_switched_off()
      throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path outside = Files.createDirectory(folder.resolve("outside"));
    String storage;
    String instrument;
    try (TestServer before = TestServer.startIn(data)) {
      HarvestFixture fixture = new HarvestFixture(before, folder);
      storage = "/api/storage-locations/" + fixture.storage(outside);
      instrument = "/api/instruments/" + fixture.instrument("spectrometer", outside);
    }
    try (TestServer after = TestServer.startIn(data, "--entrepot.roots=" + inside)) {
      TestClient admin = after.admin();

      Answer tried = admin.get(storage + "/test");
      assertThat(tried.status()).as(tried.text()).isEqualTo(502);
      assertThat(tried.json().get("detail").asString()).contains(outside.toString());

      for (String thing : new String[] {storage, instrument}) {
        admin.patch(thing, json("name", "one to be moved")).expect(200);
        admin.patch(thing, json("enabled", false)).expect(200);
        assertThat(admin.patch(thing, json("enabled", true)).status()).isEqualTo(422);
      }
    }
  }

  @Test
  void a_store_without_a_connector_fails_its_test_with_the_reason() {
    TestServer server = TestServer.shared();
    HarvestFixture fixture = new HarvestFixture(server, folder);
    String bucket =
        fixture.storage(
            "s3",
            "data",
            "bucket",
            "b",
            "region",
            "r",
            "access_key_id",
            "k",
            "secret_access_key",
            "s");
    String share =
        fixture.storage(
            "cifs", "data", "host", "h", "share", "s", "username", "u", "password", "p");

    for (String location : new String[] {bucket, share}) {
      Answer tried = server.admin().get("/api/storage-locations/" + location + "/test");
      assertThat(tried.status()).as(tried.text()).isEqualTo(502);
      assertThat(tried.json().get("detail").asString()).contains("no connector");
    }
  }
}
