// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.notices.outgoing.Call;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WordingTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final URI SERVICE = URI.create("https://service.example/");
  private static final Message MESSAGE = message("harvest_failed", Severity.FAILURE);

  private static Message message(String event, Severity severity) {
    return new Message(
        new Id("65a000000000000000000001"),
        new Announcement(
            event,
            severity,
            Set.of("instrument:1"),
            "The <!channel> run_failed",
            "a & b <c> *d*",
            "/x"),
        Instant.parse("2026-11-21T10:00:00Z"),
        "https://here.example/x");
  }

  private static JsonNode json(Call call) {
    assertThat(call.headers()).containsEntry("Content-Type", "application/json");
    return JSON.readTree(call.body());
  }

  @Test
  void a_webhook_is_signed_as_the_example_of_the_standard_is() {
    assertThat(
            Webhook.signature(
                "whsec_plJ3nmyCDGBKInavdOK15jsl",
                "msg_loFOjxBNrRLzqYUf.1731705121.{\"event_type\":\"ping\",\"data\":{\"success\":true}}"))
        .isEqualTo("rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
  }

  @Test
  void a_webhook_carries_its_id_its_time_and_its_signature() {
    String secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    Call call =
        new Webhook().call(Map.of("url", "https://hook.example/a?b=c", "secret", secret), MESSAGE);
    assertThat(call.target()).hasToString("https://hook.example/a?b=c");
    assertThat(call.headers())
        .containsEntry("webhook-id", "msg_65a000000000000000000001")
        .containsEntry("webhook-timestamp", "1795255200")
        .containsEntry(
            "webhook-signature",
            "v1,"
                + Webhook.signature(
                    secret, "msg_65a000000000000000000001.1795255200." + call.body()));
    JsonNode body = json(call);
    assertThat(body.get("type").asString()).isEqualTo("harvest_failed");
    assertThat(body.get("timestamp").asString()).isNotEmpty();
    assertThat(body.get("data").get("severity").asString()).isEqualTo("failure");
    assertThat(body.get("data").get("address").asString()).isEqualTo("https://here.example/x");
  }

  @Test
  void ntfy_is_told_the_topic_in_the_body_and_the_token_in_a_header() {
    Call call =
        new Ntfy().call(Map.of("url", "https://ntfy.example/sub/lab", "token", "tk_1"), MESSAGE);
    assertThat(call.target()).hasToString("https://ntfy.example/sub/");
    assertThat(call.headers()).containsEntry("Authorization", "Bearer tk_1");
    assertThat(json(call).get("topic").asString()).isEqualTo("lab");
    assertThat(json(call).get("priority").asInt()).isEqualTo(4);
    assertThat(json(call).get("click").asString()).isEqualTo("https://here.example/x");
  }

  @Test
  void discord_and_slack_call_nobody_because_of_a_name() {
    Call discord =
        new Discord().call(Map.of("webhook_url", "https://d.example/1", "username", "E"), MESSAGE);
    assertThat(json(discord).get("allowed_mentions").get("parse")).isEmpty();
    assertThat(json(discord).get("username").asString()).isEqualTo("E");
    assertThat(json(discord).get("embeds").get(0).get("title").asString()).contains("run_failed");
    Call slack = new Slack().call(Map.of("webhook_url", "https://s.example/1"), MESSAGE);
    assertThat(json(slack).get("text").asString())
        .contains("&lt;!channel&gt;")
        .contains("a &amp; b &lt;c&gt;")
        .doesNotContain("<!channel>");
  }

  @Test
  void telegram_shows_the_text_as_it_is_in_each_format() {
    assertThat(telegram("HTML")).contains("a &amp; b &lt;c&gt; *d*");
    assertThat(telegram("Markdown")).contains("run\\_failed").contains("\\*d\\*");
    assertThat(telegram("MarkdownV2")).contains("<\\!channel\\>");
    assertThat(telegram("None")).startsWith("The <!channel> run_failed\na & b <c> *d*");
  }

  private static String telegram(String mode) {
    Call call =
        new Telegram(SERVICE)
            .call(
                Map.of(
                    "bot_token",
                    "1:a",
                    "chat_id",
                    "-5",
                    "parse_mode",
                    mode,
                    "disable_notification",
                    true),
                MESSAGE);
    assertThat(call.target()).hasToString("https://service.example/bot1:a/sendMessage");
    assertThat(json(call).get("chat_id").asString()).isEqualTo("-5");
    assertThat(json(call).get("disable_notification").asBoolean()).isTrue();
    assertThat(json(call).has("parse_mode")).isEqualTo(!mode.equals("None"));
    return json(call).get("text").asString();
  }

  @Test
  void pushover_is_told_how_long_an_emergency_rings() {
    Map<String, Object> settings =
        Map.of("user_key", "u", "app_token", "t", "priority", 2, "sound", "siren");
    Call call = new Pushover(SERVICE).call(settings, MESSAGE);
    assertThat(call.target()).hasToString("https://service.example/1/messages.json");
    JsonNode body = json(call);
    assertThat(body.get("token").asString()).isEqualTo("t");
    assertThat(body.get("priority").asInt()).isEqualTo(2);
    assertThat(body.get("retry").asInt()).isEqualTo(60);
    assertThat(body.get("expire").asInt()).isEqualTo(3600);
    assertThat(body.get("sound").asString()).isEqualTo("siren");
  }

  @Test
  void a_ping_says_by_its_address_how_the_run_goes() {
    Map<String, Object> settings = Map.of("url", "https://hc.example/ping/uuid?rid=1");
    assertThat(new Ping().call(settings, message("run_started", Severity.SUCCESS)).target())
        .hasToString("https://hc.example/ping/uuid/start?rid=1");
    assertThat(new Ping().call(settings, message("run_completed", Severity.SUCCESS)).target())
        .hasToString("https://hc.example/ping/uuid?rid=1");
    assertThat(new Ping().call(settings, message("run_failed", Severity.FAILURE)).target())
        .hasToString("https://hc.example/ping/uuid/fail?rid=1");
  }

  @Test
  void long_text_is_cut_between_letters() {
    assertThat(Cut.to(4, "abcdef")).isEqualTo("abc…");
    assertThat(Cut.to(4, "ab\ud83d\ude00ef")).isEqualTo("ab…");
    assertThat(Cut.to(6, "abcdef")).isEqualTo("abcdef");
  }

  @Test
  void long_text_is_never_cut_inside_what_an_escape_makes() {
    for (int shift = 0; shift < 6; shift++) {
      String text = "x".repeat(shift) + "&_".repeat(20_000);
      Message message =
          new Message(
              MESSAGE.id(),
              new Announcement(
                  "run_failed", Severity.FAILURE, Set.of("instrument:1"), text, text, "/x"),
              Instant.parse("2026-11-21T10:00:00Z"),
              "https://here.example/x");
      Map<String, Object> settings =
          Map.of("bot_token", "1:a", "chat_id", "-5", "webhook_url", "https://s.example/1");
      Map<String, Object> html = new HashMap<>(settings);
      html.put("parse_mode", "HTML");
      Map<String, Object> markdown = new HashMap<>(settings);
      markdown.put("parse_mode", "MarkdownV2");
      String told = json(new Telegram(SERVICE).call(html, message)).get("text").asString();
      assertThat(told)
          .hasSizeLessThanOrEqualTo(4000)
          .matches("(?s)<b>(?:[x_]|&amp;)*+…</b>\n(?:[x_]|&amp;)*+…");
      told = json(new Telegram(SERVICE).call(markdown, message)).get("text").asString();
      assertThat(told)
          .hasSizeLessThanOrEqualTo(4000)
          .matches("(?s)\\*(?:[x&]|\\\\_)*+…\\*\n(?:[x&]|\\\\_)*+…");
      told = json(new Slack().call(settings, message)).get("text").asString();
      assertThat(told)
          .hasSizeLessThanOrEqualTo(10_000)
          .matches("(?s)\\*(?:[x_]|&amp;)*+…\\*\n(?:[x_]|&amp;)*+…");
    }
  }
}
