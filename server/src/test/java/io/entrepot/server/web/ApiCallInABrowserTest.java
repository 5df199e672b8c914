// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.TestServer;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.places.StorageType;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms keep what they do not show, and the call that they show does what they do. */
class ApiCallInABrowserTest {

  private static Site site;
  private static Browser browser;

  @BeforeAll
  static void open() {
    Site.requireBrowser();
    site = Site.open(TestServer.start());
    browser = site.browser();
    site.signIn();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  private static String made(String collection, String body) {
    return site.server().admin().post(collection, body).expect(201).json().get("id").asString();
  }

  private static Id id(String text) {
    return Id.fromUuid(UUID.fromString(text));
  }

  private static InstrumentDraft instrument(String id) {
    return site.server().part(Instruments.class).live(id(id)).settings();
  }

  private static StorageLocation store(String id) {
    return site.server().part(StorageLocations.class).live(id(id));
  }

  private static String selected(String field) {
    return browser
        .run("return document.getElementById('" + field + "').selectedOptions[0].text")
        .asString();
  }

  private static void save() {
    browser.run("window.beforeSaving = true; return true;");
    browser.click("#save");
    site.await(() -> !browser.run("return window.beforeSaving === true").asBoolean());
    assertThat(browser.text(".notice-bad")).isEmpty();
  }

  /** Sends the call that the page shows. */
  private static void paste() {
    String[] call = browser.text(".twin pre").split("\n", 4);
    String path = call[0].substring(call[0].indexOf(' ') + 1);
    assertThat(call[0]).startsWith("PATCH ");
    site.server().admin().patch(path, call[3]).expect(200);
  }

  @Test
  void an_instrument_keeps_the_settings_that_its_page_does_not_show() {
    String id =
        made(
            "/api/instruments",
            """
            {"name": "Share", "cifs_host": "nas", "cifs_share": "data", "pid": "ark:/1/x",
             "transfer_config": {"transport": "cifs", "stability_seconds": 3, "marker_file": ".done-",
               "delete_source": true,
               "host_key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
               "include": ["*.tiff"],
               "on_change": "ignore", "bandwidth_bps": 5000}}""");
    InstrumentDraft before = instrument(id);
    site.go("/ui/instruments/" + id);
    assertThat(selected("transport")).isEqualTo("cifs (not usable yet)");
    save();
    assertThat(same(instrument(id), before)).isTrue();
    site.server()
        .admin()
        .patch(
            "/api/instruments/" + id,
            "{\"description\": \"other\", \"transfer_config\": {\"transport\": \"cifs\"}}")
        .expect(200);
    assertThat(same(instrument(id), before)).isFalse();
    paste();
    assertThat(same(instrument(id), before)).isTrue();
  }

  /** Numbers are compared by what they say, for JSON has only one kind of them. */
  private static boolean same(InstrumentDraft one, InstrumentDraft other) {
    return one.name().equals(other.name())
        && one.address().equals(other.address())
        && one.about().equals(other.about())
        && one.transferAdapter().equals(other.transferAdapter())
        && Objects.requireNonNull(one.transferConfig())
            .toString()
            .equals(Objects.requireNonNull(other.transferConfig()).toString())
        && one.enabled() == other.enabled();
  }

  @Test
  void a_storage_location_keeps_a_type_that_cannot_be_used_yet() {
    String id =
        made(
            "/api/storage-locations",
            """
            {"name": "Bucket", "type": "s3", "base_path": "kept", "connection_config":
              {"bucket": "b", "region": "r", "access_key_id": "a", "secret_access_key": "hidden"}}""");
    StorageLocation before = store(id);
    site.go("/ui/storage/" + id);
    assertThat(selected("type")).isEqualTo("s3 (not usable yet)");
    assertThat(browser.text("main")).doesNotContain("hidden");
    browser.fill("#name", "Renamed");
    save();
    assertThat(store(id).name()).isEqualTo("Renamed");
    assertThat(store(id).type()).isEqualTo(StorageType.S3);
    assertThat(store(id).config()).isEqualTo(before.config());
    site.server()
        .admin()
        .patch("/api/storage-locations/" + id, "{\"name\": \"Other\", \"enabled\": false}")
        .expect(200);
    paste();
    assertThat(store(id).name()).isEqualTo("Renamed");
    assertThat(store(id).enabled()).isEqualTo(before.enabled());
    assertThat(store(id).basePath()).isEqualTo(before.basePath());
    assertThat(store(id).config()).isEqualTo(before.config());
  }
}
