// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about storage locations and the accounts that sign in to places. */
class PlaceChecksTest {

  private static final String PASSWORD = "Zinnober-und-Ultramarin";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private HarvestFixture fixture;

  @BeforeEach
  void prepare() {
    fixture = new HarvestFixture(server, folder);
  }

  private static List<String> places(Answer answer) {
    List<String> places = new ArrayList<>();
    for (JsonNode problem : answer.expect(422).json().get("detail")) {
      List<String> steps = new ArrayList<>();
      problem.get("loc").forEach(step -> steps.add(step.asString()));
      places.add(problem.get("type").asString() + " " + String.join(".", steps));
    }
    return places;
  }

  private String account() {
    return id(
        admin.post(
            "/api/service-accounts",
            json("name", unique("account"), "username", "devuser", "password", PASSWORD)));
  }

  private String instrument(String name) {
    return id(
        admin.post(
            "/api/instruments", json("name", name, "cifs_host", "nmr.lab", "cifs_share", "data")));
  }

  @Test
  @Check("harvest 14")
  void no_answer_ever_holds_the_password_of_a_service_account() {
    Answer made =
        admin.post(
            "/api/service-accounts",
            json(
                "name",
                unique("account"),
                "username",
                "devuser",
                "domain",
                "LAB",
                "password",
                PASSWORD));
    String path = "/api/service-accounts/" + id(made);
    List<Answer> answers =
        List.of(
            made,
            admin.get(path).expect(200),
            admin.get("/api/service-accounts").expect(200),
            admin.patch(path, json("password", PASSWORD + "!")).expect(200),
            admin.patch(path, "{\"password\":[\"" + PASSWORD + "\"]}").expect(422),
            admin.get("/api/admin/audit-logs").expect(200),
            admin.get(path + "/password").expect(403));

    assertThat(made.json().propertyNames())
        .contains("id", "name", "domain", "username", "created_at", "updated_at", "deleted_at")
        .doesNotContain("password");
    assertThat(admin.get("/api/service-accounts").json().isArray()).isTrue();
    assertThat(answers).allSatisfy(answer -> assertThat(answer.text()).doesNotContain(PASSWORD));
    admin.delete(path).expect(204);
    assertThat(admin.get(path).text()).isEqualTo("{\"detail\":\"Service account not found\"}");
  }

  @Test
  void an_account_that_an_instrument_signs_in_with_is_not_deleted() {
    String name = unique("spectrometer");
    String account = account();
    admin
        .patch("/api/instruments/" + instrument(name), json("service_account_id", account))
        .expect(200);

    Answer refused = admin.delete("/api/service-accounts/" + account);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().get("detail").asString()).contains(name);
  }

  @Test
  @Check("harvest 15")
  void settings_of_a_bucket_are_checked_and_its_secret_is_masked() {
    Answer missing =
        admin.post(
            "/api/storage-locations",
            json("name", "bucket", "type", "s3", "base_path", "data", "connection_config", null));
    assertThat(places(missing))
        .containsExactlyInAnyOrder(
            "missing body.bucket",
            "missing body.region",
            "missing body.access_key_id",
            "missing body.secret_access_key");

    Answer made =
        admin.post(
            "/api/storage-locations",
            json(
                "name",
                unique("bucket"),
                "type",
                "s3",
                "base_path",
                "data",
                "connection_config",
                map(
                    "bucket",
                    "b",
                    "region",
                    "r",
                    "access_key_id",
                    "k",
                    "secret_access_key",
                    PASSWORD,
                    "colour",
                    "red")));
    String path = "/api/storage-locations/" + id(made);
    JsonNode config = made.json().get("connection_config");
    assertThat(config.get("secret_access_key").asString()).isEqualTo("****");
    assertThat(config.has("colour")).isFalse();
    Answer kept =
        admin.patch(
            path,
            json("connection_config", map("region", "elsewhere", "secret_access_key", "****")));
    assertThat(kept.expect(200).json().at("/connection_config/region").asString())
        .isEqualTo("elsewhere");
    assertThat(kept.json().at("/connection_config/bucket").asString()).isEqualTo("b");
    assertThat(kept.text() + made.text() + admin.get(path).text()).doesNotContain(PASSWORD);
    assertThat(admin.patch(path, json("type", "nfs")).status()).isEqualTo(422);
    assertThat(admin.patch(path, "{\"connection_config\":{\"region\":null}}").status())
        .isEqualTo(422);
  }

  @Test
  @Check("harvest 16")
  void a_storage_location_is_tried() throws Exception {
    Path store = fixture.newFolder("store");
    String path = "/api/storage-locations/" + fixture.storage(store);

    JsonNode good = admin.get(path + "/test").expect(200).json();
    assertThat(good.propertyNames()).containsExactlyInAnyOrder("status", "type", "name");
    assertThat(good.get("status").asString()).isEqualTo("ok");
    assertThat(good.get("type").asString()).isEqualTo("posix");
    assertThat(HarvestFixture.filesBelow(store)).isEmpty();

    admin.patch(path, json("enabled", false)).expect(200);
    assertThat(admin.get(path + "/test").status()).isEqualTo(409);
    admin.patch(path, json("enabled", true)).expect(200);
    try (var left = Files.walk(store)) {
      left.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
    Answer missing = admin.get(path + "/test");
    assertThat(missing.status()).isEqualTo(502);
    assertThat(missing.json().get("detail").asString()).contains(store.toString());
    assertThat(store).doesNotExist();
  }
}
