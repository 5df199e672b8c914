// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Who saves a form changes nothing that it does not show, or that is no longer there. */
class FormsThatKeepTest {

  private final TestClient admin = TestServer.shared().admin();

  private String made(String collection, String body) {
    return admin.post(collection, body).expect(201).json().get("id").asString();
  }

  private String instrument(String name, String more) {
    return made(
        "/api/instruments",
        """
        {"name": "%s", "cifs_host": "nas", "cifs_share": "data"%s}"""
            .formatted(name, more));
  }

  private static String chosen(String id) {
    return "value=\"" + id + "\" selected";
  }

  @Test
  void a_hook_goes_on_pointing_to_an_instrument_that_was_deleted() {
    String instrument = instrument("Gone microscope", "");
    String hook =
        made(
            "/api/hooks",
            """
            {"name": "Filter", "trigger": "pre_transfer", "implementation": "builtin",
             "builtin_name": "file_filter", "instrument_id": "%s"}"""
                .formatted(instrument));
    admin.delete("/api/instruments/" + instrument).expect(204);

    assertThat(admin.get("/ui/hooks/" + hook).expect(200).text())
        .contains(chosen(instrument), "Gone microscope (deleted)");
  }

  @Test
  void an_instrument_goes_on_pointing_to_an_account_that_was_deleted() {
    String account =
        made(
            "/api/service-accounts",
            "{\"name\": \"Gone reader\", \"username\": \"u\", \"password\": \"p\"}");
    String instrument =
        instrument("Signs in", ", \"service_account_id\": \"%s\"".formatted(account));
    admin.delete("/api/instruments/" + instrument).expect(204);
    admin.delete("/api/service-accounts/" + account).expect(204);
    admin.post("/api/instruments/" + instrument + "/restore").expect(200);

    assertThat(admin.get("/ui/instruments/" + instrument).expect(200).text())
        .contains(chosen(account), "Gone reader (deleted)");
  }

  @Test
  void what_no_database_can_keep_is_refused_by_name_on_every_page() {
    TestClient stranger = TestServer.shared().anonymous();

    assertThat(stranger.get("/ui/recovery?token=%00").expect(422).text()).contains("token");
    assertThat(admin.get("/ui/files?q=a%00b").expect(422).text()).contains("NUL");
    assertThat(admin.get("/ui/audit?action=%00").expect(422).text()).contains("action");
  }

  @Test
  void the_mount_options_of_nfs_are_left_to_the_api() {
    Form form =
        Form.of(
            Map.of(
                "name", "NFS",
                "type", "nfs",
                "base_path", "/mnt/nfs",
                "host", "nas",
                "export_path", "/export"));
    assertThat(StorageForm.draft(form).config()).containsOnlyKeys("host", "export_path");
  }

  @Test
  void a_folder_may_be_as_long_as_in_the_api() {
    String path = "/" + "p".repeat(1023);
    Form form = Form.of(Map.of("name", "Deep", "type", "posix", "base_path", path));
    assertThat(StorageForm.draft(form).basePath()).isEqualTo(path);
    Form longer = Form.of(Map.of("name", "Deep", "type", "posix", "base_path", path + "p"));
    InvalidFieldsException refused =
        Assertions.catchThrowableOfType(
            InvalidFieldsException.class, () -> StorageForm.draft(longer));
    assertThat(longer.refused(refused, StorageForm.FIELDS).problem("base_path"))
        .isEqualTo("This has more than 1024 characters.");
  }

  @Test
  void a_choice_that_is_no_longer_offered_stays_chosen() {
    List<Form.Option> offered = List.of(new Form.Option("", "Nobody"));
    Form form = Form.of(Map.of("who", "gone"));
    assertThat(form.choices("who", offered, value -> value + " (deleted)"))
        .extracting(Form.Option::label)
        .containsExactly("Nobody", "gone (deleted)");
    assertThat(Form.of(Map.of()).choices("who", offered)).isEqualTo(offered);
  }
}
