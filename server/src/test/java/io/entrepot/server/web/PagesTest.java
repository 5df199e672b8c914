// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages say and do that needs no browser to be seen. */
class PagesTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private static String unique(String word) {
    return word + "-pages-" + COUNTER.incrementAndGet();
  }

  private static String words(Answer page) {
    return page.text().replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
  }

  private String made(String collection, String body) {
    return admin.post(collection, body).expect(201).json().get("id").asString();
  }

  private static String landed(Answer sent) {
    String location = sent.expect(302).header("Location").orElseThrow();
    return location.substring(location.indexOf("/ui/"));
  }

  @Test
  void a_person_changes_their_own_password_and_is_signed_out_elsewhere() {
    String email = unique("own") + "@lab.example";
    TestClient here = server.newUser(email);
    String old = "a password of " + email;
    TestClient elsewhere = server.withToken(server.anonymous().signIn(email, old));
    assertThat(words(here.get("/ui/account").expect(200))).contains(email, "Change your password");

    Answer wrong =
        PageForm.send(
            here, "/ui/account", "present", "not this one", "password", "four plain words");
    assertThat(words(wrong.expect(422))).contains("This is not your present password.");
    Answer weak = PageForm.send(here, "/ui/account", "present", old, "password", "short");
    assertThat(words(weak.expect(422))).contains("8 characters");
    assertThat(weak.text()).doesNotContain(old);
    assertThat(elsewhere.get("/users/me").status()).isEqualTo(200);

    String next =
        landed(
            PageForm.send(
                here, "/ui/account", "present", old, "password", "four plain words here"));
    assertThat(words(here.get(next).expect(200))).contains("Your password was changed.");
    assertThat(elsewhere.get("/users/me").status()).isEqualTo(401);
    assertThat(server.anonymous().signIn(email, "four plain words here")).isNotEmpty();
  }

  @Test
  void a_request_for_an_instrument_is_answered_on_a_page_that_the_notice_leads_to() {
    TestClient asker = server.newUser(unique("asks") + "@lab.example");
    String name = unique("Cryo microscope");
    String id =
        asker
            .post(
                "/api/instrument-requests",
                """
                {"name": "%s", "location": "B-017", "harvest_frequency": "daily",
                 "justification": "We lose files."}"""
                    .formatted(name))
            .expect(201)
            .json()
            .get("id")
            .asString();
    String page = "/ui/instrument-requests/" + id;
    assertThat(admin.get("/ui/notices").expect(200).text()).contains("href=\"" + page + "\"");
    assertThat(words(admin.get("/ui/instrument-requests").expect(200))).contains(name);
    assertThat(words(admin.get(page).expect(200))).contains(name, "We lose files.", "Decline");
    assertThat(words(asker.get(page).expect(200))).contains("Waits").doesNotContain("Decline");
    assertThat(server.newUser(unique("other") + "@lab.example").get(page).status()).isEqualTo(404);
    assertThat(PageForm.send(asker, page, "status", "approved").status()).isEqualTo(403);

    String next = landed(PageForm.send(admin, page, "status", "approved", "notes", "From Monday."));
    assertThat(words(admin.get(next).expect(200))).contains("You agreed.", "Agreed");
    assertThat(words(asker.get(page).expect(200))).contains("Agreed", "From Monday.");
    assertThat(asker.get("/ui/notices").expect(200).text()).contains("href=\"" + page + "\"");
  }

  @Test
  void what_was_saved_is_said_once_and_nobody_else_can_put_words_there() {
    String group = made("/api/groups", "{\"name\": \"" + unique("Saved") + "\"}");
    String next = landed(PageForm.send(admin, "/ui/groups/" + group, "name", unique("Renamed")));
    Answer page = admin.get(next).expect(200);
    assertThat(page.text()).containsPattern("role=\"status\"[^\n]*Saved\\.");
    assertThat(page.text()).doesNotContain("name=\"back\" value=\"" + next);
    assertThat(admin.get("/ui/groups/" + group).text()).doesNotContain("Saved.");
    assertThat(admin.get("/ui/groups/" + group + "?done=you+are+hacked").text())
        .doesNotContain("hacked");
  }

  @Test
  void an_old_form_undoes_nothing_that_others_changed_meanwhile() {
    String person = unique("changed") + "@lab.example";
    String id = server.newUser(person).get("/users/me").json().get("id").asString();
    String group = made("/api/groups", "{\"name\": \"" + unique("Changed") + "\"}");
    String instrument =
        made(
            "/api/instruments",
            "{\"name\": \""
                + unique("Changed")
                + "\", \"cifs_host\": \"n\", \"cifs_share\": \"d\"}");

    refusesAnOldForm("/ui/people/" + id, "/users/" + id, "{\"is_active\": false}");
    refusesAnOldForm(
        "/ui/groups/" + group, "/api/groups/" + group, "{\"description\": \"Everybody\"}");
    refusesAnOldForm(
        "/ui/instruments/" + instrument, "/api/instruments/" + instrument, "{\"enabled\": false}");
    assertThat(admin.get("/users/" + id).json().get("is_active").asBoolean()).isFalse();
  }

  private void refusesAnOldForm(String page, String resource, String change) {
    String shown = shown(page);
    assertThat(admin.patch(resource, change).status()).isEqualTo(200);

    Answer late = PageForm.send(admin, page, "shown", shown, "name", "Mine", "active", "true");

    assertThat(words(late.expect(422))).contains("Somebody changed this after you had opened it");
    assertThat(shown(page)).isNotEqualTo(shown);
  }

  private String shown(String page) {
    Matcher found =
        Pattern.compile("name=\"shown\" value=\"([^\"]+)\"")
            .matcher(admin.get(page).expect(200).text());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void a_schedule_that_is_switched_off_is_not_said_to_go_by_hand() {
    String instrument =
        made(
            "/api/instruments",
            "{\"name\": \"%s\", \"cifs_host\": \"nas\", \"cifs_share\": \"data\"}"
                .formatted(unique("Scope")));
    String place =
        made(
            "/api/storage-locations",
            "{\"name\": \"%s\", \"type\": \"posix\", \"base_path\": \"/tmp\"}"
                .formatted(unique("Place")));
    String body =
        "{\"instrument_id\": \"%s\", \"default_storage_location_id\": \"%s\","
            + " \"cron_expression\": \"0 6 * * *\", \"enabled\": false}";
    made("/api/schedules", body.formatted(instrument, place));
    assertThat(words(admin.get("/ui/schedules").expect(200))).contains("not while switched off");
  }

  @Test
  void the_audit_log_names_what_was_changed_and_what_is_gone() {
    String name = unique("Named");
    String group = made("/api/groups", "{\"name\": \"" + name + "\"}");
    assertThat(words(admin.get("/ui/audit?thing=group"))).contains("added group " + name);
    admin.delete("/api/groups/" + group).expect(204);
    assertThat(words(admin.get("/ui/audit?thing=group")))
        .contains("deleted group " + name + " (deleted)");

    String key = unique("nightly");
    String id =
        admin
            .post("/api/keys", "{\"name\": \"" + key + "\", \"scope\": \"read\"}")
            .expect(201)
            .json()
            .at("/data/id")
            .asString();
    admin.delete("/api/keys/" + id).expect(204);
    assertThat(words(admin.get("/ui/audit?thing=api_key"))).contains("ended API key " + key);

    String email = unique("signs-up") + "@lab.example";
    server
        .anonymous()
        .post(
            "/auth/register", "{\"email\": \"" + email + "\", \"password\": \"four plain words\"}")
        .expect(201);
    assertThat(words(admin.get("/ui/audit?who=" + email))).contains("signed up as person " + email);
    assertThat(words(admin.get("/ui/audit"))).contains("API token").doesNotContain("The house");
  }

  @Test
  void a_channel_is_kept_to_events_and_things_that_are_chosen_by_name() {
    String instrument =
        made(
            "/api/instruments",
            "{\"name\": \"%s\", \"cifs_host\": \"nas\", \"cifs_share\": \"data\"}"
                .formatted(unique("Heard")));
    String thing = "instrument:" + instrument;
    String next =
        landed(
            PageForm.send(
                admin,
                "/ui/notifications/channels",
                "provider",
                "ntfy",
                "name",
                unique("Ops"),
                "url",
                "https://ntfy.sh/ops",
                "on",
                "failure",
                "events",
                "harvest_failed",
                "events",
                "schedule_missed",
                "things",
                thing,
                "enabled",
                "true"));
    String page = admin.get(next).expect(200).text();
    assertThat(page)
        .containsPattern("value=\"harvest_failed\" checked")
        .containsPattern("value=\"schedule_missed\" checked")
        .containsPattern("value=\"" + thing + "\" checked")
        .doesNotContainPattern("value=\"harvest_unstable\" checked");
    admin.delete("/api/instruments/" + instrument).expect(204);
    assertThat(admin.get(next).expect(200).text())
        .containsPattern("value=\"" + thing + "\" checked[^\n]*\\(deleted\\)");
  }

  @Test
  void a_file_filter_is_filled_in_without_json_and_keeps_what_has_no_field() {
    String id =
        made(
            "/api/hooks",
            """
            {"name": "%s", "trigger": "pre_transfer", "implementation": "builtin",
             "builtin_name": "file_filter", "config": {"min_size_bytes": 1500,
               "exclude_patterns": ["*.tmp"],
               "redirect_rules": [{"pattern": "*.eer", "destination": "movies"}]}}"""
                .formatted(unique("Filter")));
    String page = admin.get("/ui/hooks/" + id).expect(200).text();
    assertThat(page).contains("value=\"1.5\"", ">*.tmp</textarea>", "movies");
    String more = "{\"redirect_rules\": [{\"pattern\": \"*.eer\", \"destination\": \"movies\"}]}";
    PageForm.send(
            admin,
            "/ui/hooks/" + id,
            "name",
            "Filter",
            "what",
            "file_filter",
            "include_patterns",
            "*.tiff\n*.eer\n",
            "exclude_patterns",
            "",
            "min_size_bytes",
            "0.25",
            "more",
            more,
            "priority",
            "0")
        .expect(302);
    var config = admin.get("/api/hooks/" + id).expect(200).json().get("config");
    assertThat(config.get("min_size_bytes").asInt()).isEqualTo(250);
    assertThat(config.get("include_patterns").toString()).isEqualTo("[\"*.tiff\",\"*.eer\"]");
    assertThat(config.has("exclude_patterns")).isFalse();
    assertThat(config.get("redirect_rules").get(0).get("destination").asString())
        .isEqualTo("movies");
    assertThat(
            words(
                PageForm.send(
                        admin,
                        "/ui/hooks/" + id,
                        "name",
                        "Filter",
                        "what",
                        "file_filter",
                        "min_size_bytes",
                        "big")
                    .expect(422)))
        .contains("This is a number, such as 10 or 0.5.");
  }

  @Test
  void the_call_beside_a_folder_of_this_machine_is_one_that_the_api_takes() {
    String name = unique("Local");
    String next =
        landed(
            PageForm.send(
                admin,
                "/ui/instruments",
                "name",
                name,
                "transport",
                "posix",
                "cifs_base_path",
                "/tmp",
                "on_change",
                "version",
                "bandwidth_bps",
                "2.5"));
    String page = admin.get(next).expect(200).text();
    assertThat(page).contains("value=\"2.5\"");
    String call = page.replaceAll("(?s).*<pre>PATCH [^{]*", "").replaceAll("(?s)</pre>.*", "");
    String body = call.replace("&quot;", "\"").replace("&#39;", "'");
    assertThat(body).contains("2500000").doesNotContain("cifs_host");
    String id = next.substring(next.lastIndexOf('/') + 1).replaceFirst("[?].*", "");
    admin.patch("/api/instruments/" + id, body).expect(200);
  }

  @Test
  void a_service_account_says_which_host_key_it_expects_and_who_needs_it() {
    String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    String name = unique("Reader");
    String id =
        made(
            "/api/service-accounts",
            "{\"name\": \"%s\", \"username\": \"u\", \"password\": \"p\", \"domain\": \"LAB\"}"
                .formatted(name));
    String scope = unique("Needs it");
    made(
        "/api/instruments",
        "{\"name\": \"%s\", \"cifs_host\": \"nas\", \"cifs_share\": \"d\", \"service_account_id\": \"%s\"}"
            .formatted(scope, id));
    String page = "/ui/accounts/" + id;
    assertThat(words(admin.get(page).expect(200))).contains("none stored", scope);
    assertThat(admin.get(page).text()).contains("value=\"LAB\"");
    PageForm.send(
            admin,
            page,
            "name",
            name,
            "username",
            "u",
            "domain",
            "LAB",
            "auth_type",
            "password",
            "host_key",
            key)
        .expect(302);
    assertThat(words(admin.get(page).expect(200))).contains("ssh-ed25519 SHA256:");
  }

  @Test
  void the_health_page_tells_the_version_first() {
    assertThat(words(admin.get("/ui/health").expect(200)))
        .containsPattern("What it works with Entrepot.{1,60}Data directory");
  }

  @Test
  void a_webhook_without_a_secret_gets_one_that_is_shown_once() {
    String name = unique("Hooked");
    Answer made =
        PageForm.send(
            admin,
            "/ui/notifications/channels",
            "provider",
            "webhook",
            "name",
            name,
            "url",
            "https://lims.example.org/hook",
            "on",
            "failure",
            "enabled",
            "true");
    assertThat(made.expect(201).text()).containsPattern("id=\"secret\">whsec_[A-Za-z0-9+/]{43}=<");
    String channel = made.text().replaceAll("(?s).*btn-primary\" href=\"(/ui/[^\"]*)\".*", "$1");
    Answer page = admin.get(channel).expect(200);
    assertThat(words(page)).contains(name, "One is stored; left empty, it stays.");
    assertThat(page.text()).doesNotContainPattern("whsec_[A-Za-z0-9+/]{43}=<");
  }

  @Test
  void an_access_token_that_is_stored_is_said_to_be_and_can_be_removed() {
    String[] topic = {
      "provider", "ntfy", "name", unique("Topic"), "url", "https://ntfy.sh/ops", "on", "failure"
    };
    String[] first =
        Stream.concat(Stream.of(topic), Stream.of("token", "tk_1")).toArray(String[]::new);
    String channel =
        landed(PageForm.send(admin, "/ui/notifications/channels", first)).replaceFirst("[?].*", "");
    assertThat(words(admin.get(channel).expect(200))).contains("Remove it: Access token");
    PageForm.send(admin, channel, topic).expect(302);
    assertThat(words(admin.get(channel).expect(200))).contains("Remove it: Access token");
    String[] last =
        Stream.concat(Stream.of(topic), Stream.of("forget_token", "true")).toArray(String[]::new);
    PageForm.send(admin, channel, last).expect(302);
    assertThat(words(admin.get(channel).expect(200))).doesNotContain("Remove it");
  }

  @Test
  void an_instrument_shows_its_schedules_and_people_when_they_signed_in() {
    server.newUser(unique("lately") + "@lab.example");
    assertThat(words(admin.get("/ui/people").expect(200))).contains("Last signed in", "just now");
    String instrument =
        made(
            "/api/instruments",
            "{\"name\": \"%s\", \"cifs_host\": \"nas\", \"cifs_share\": \"data\"}"
                .formatted(unique("Planned")));
    assertThat(words(admin.get("/ui/instruments/" + instrument).expect(200)))
        .contains("None: it is harvested by hand.", "Latest jobs");
  }
}
