// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.FieldProblem;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {

  private static Optional<FieldProblem> problem(String provider, String name, String value) {
    Setting setting =
        Provider.ofWord(provider).orElseThrow().settings().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    return setting.problem(value);
  }

  @ParameterizedTest
  @CsvSource({
    "webhook, url, https://a.example/b?c=d",
    "webhook, secret, whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "webhook, secret, whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw",
    "webhook, secret, whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==",
    "webhook, secret, whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA",
    "ntfy, url, https://ntfy.sh/my-topic",
    "ntfy, url, https://lab.example/sub/my_topic",
    "discord, webhook_url, https://discord.com/api/webhooks/1/x",
    "telegram, bot_token, 123:AbC-_9",
    "telegram, chat_id, -1001",
    "telegram, chat_id, @lab",
    "telegram, parse_mode, MarkdownV2",
    "telegram, disable_notification, true",
    "pushover, user_key, abcdefghijABCDEFGHIJ0123456789",
    "pushover, priority, -2",
    "pushover, priority, 2",
    "email, to, a@example.org",
    "email, to, 'a@example.org, b@example.org'",
    "ping, url, https://hc-ping.com/1"
  })
  void what_fits_is_taken(String provider, String name, String value) {
    assertThat(problem(provider, name, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "webhook, url, ftp://a.example",
    "webhook, url, https://user:pass@a.example/",
    "webhook, url, nonsense",
    "webhook, secret, short",
    "webhook, secret, ''",
    "webhook, secret, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "webhook, secret, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "webhook, secret, whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "webhook, secret, whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    "webhook, secret, whsec_MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=",
    "ntfy, url, https://ntfy.sh/",
    "ntfy, priority, 6",
    "telegram, bot_token, nothing",
    "telegram, parse_mode, Word",
    "telegram, disable_notification, maybe",
    "pushover, user_key, short",
    "pushover, priority, 3",
    "email, to, nobody",
    "email, to, 'a@example.org, '"
  })
  void what_does_not_fit_is_refused_by_name_and_no_secret_is_repeated(
      String provider, String name, String value) {
    FieldProblem problem = problem(provider, name, value).orElseThrow();
    assertThat(problem.path()).isEqualTo(List.of(name));
    boolean secret = List.of("secret", "bot_token", "user_key").contains(name);
    if (secret && !value.isEmpty()) {
      assertThat(problem.toString()).doesNotContain(value);
    }
  }
}
