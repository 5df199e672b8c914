// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.identity.OpenIdAccounts.Person;
import io.entrepot.server.identity.Role;
import io.entrepot.server.settings.GivenSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a provider may say, and what is not believed of it. */
class OpenIdTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final TestProvider provider = new TestProvider();
  private OpenId openId = openId();

  private OpenId openId(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--entrepot.address=https://entrepot.example",
                "--entrepot.openid.issuer=" + provider.issuer(),
                "--entrepot.openid.client-id=" + TestProvider.CLIENT,
                "--entrepot.openid.client-secret=" + TestProvider.SECRET,
                "--entrepot.openid.groups.admin=it",
                "--entrepot.openid.groups.employee=staff",
                "--entrepot.openid.groups.standard=scientists"));
    for (String setting : more) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith(name));
      arguments.add(setting);
    }
    return new OpenId(
        GivenSettings.read(arguments.toArray(String[]::new)), new SecureRandom(), now::get);
  }

  @AfterEach
  void close() throws IOException {
    openId.close();
    provider.close();
  }

  /** The query that a browser is sent back with. */
  private static Map<String, List<String>> answer(OpenId.Begun begun) {
    try {
      String back =
          HTTP.send(HttpRequest.newBuilder(begun.target()).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(back).startsWith("https://entrepot.example/ui/login/openid/return?");
      Map<String, List<String>> answer = new HashMap<>();
      TestProvider.form(URI.create(back).getRawQuery())
          .forEach((name, value) -> answer.put(name, List.of(value)));
      return answer;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Person signIn() {
    OpenId.Begun begun = openId.begin();
    return openId.finish(begun.secret(), answer(begun));
  }

  private void assertFails(String cause) {
    assertThatThrownBy(this::signIn)
        .isInstanceOfSatisfying(
            EntrepotException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.ISSUER_FAILED);
              assertThat(e).hasMessageStartingWith("single sign-on cannot sign anybody in");
              assertThat(e.getCause()).hasMessageContaining(cause);
            });
  }

  @Test
  void nothing_is_asked_before_somebody_signs_in_and_the_description_once_an_hour() {
    assertThat(provider.requests("/")).isZero();
    assertThat(signIn())
        .isEqualTo(new Person(provider.issuer(), "u-1", "ilse@lab.example", true, Role.STANDARD));
    signIn();
    assertThat(provider.requests("openid-configuration")).isEqualTo(1);
    assertThat(provider.requests("/keys")).isEqualTo(1);
    now.set(now.get().plus(61, ChronoUnit.MINUTES));
    signIn();
    assertThat(provider.requests("openid-configuration")).isEqualTo(2);
  }

  @Test
  void what_the_provider_is_sent_does_not_give_the_secret_away_and_differs_each_time() {
    OpenId.Begun one = openId.begin();
    OpenId.Begun other = openId.begin();
    Map<String, String> sent = TestProvider.form(one.target().getRawQuery());

    assertThat(sent).containsEntry("scope", "openid profile email");
    assertThat(one.target().toString()).doesNotContain(one.secret());
    assertThat(List.of(sent.get("state"), sent.get("nonce"), sent.get("code_challenge")))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(TestProvider.form(other.target().getRawQuery()).values());
    assertThat(one.toString()).doesNotContain(one.secret());
  }

  @Test
  void groups_give_the_highest_role_wherever_they_are_said() throws IOException {
    provider.claims.put("groups", List.of("scientists", "staff", "it"));
    assertThat(signIn().role()).isEqualTo(Role.ADMIN);
    provider.claims.put("groups", "staff");
    assertThat(signIn().role()).isEqualTo(Role.EMPLOYEE);
    provider.claims.put("groups", List.of("Scientists", "IT"));
    assertThat(signIn().role()).isNull();

    openId.close();
    openId = openId("--entrepot.openid.group-claim=realm_access.roles");
    provider.claims.put("realm_access", Map.of("roles", List.of("it")));
    assertThat(signIn().role()).isEqualTo(Role.ADMIN);

    openId.close();
    openId = openId("--entrepot.openid.groups.standard=*");
    provider.claims.put("groups", List.of());
    assertThat(signIn().role()).isEqualTo(Role.STANDARD);
  }

  @Test
  void what_the_token_does_not_say_is_asked_for_and_only_of_the_same_person() {
    provider.claims.put("email", null);
    provider.claims.put("groups", null);
    provider.userInfo.putAll(
        Map.of("sub", "u-1", "email", "a@lab.example", "groups", List.of("staff")));
    assertThat(signIn())
        .isEqualTo(new Person(provider.issuer(), "u-1", "a@lab.example", false, Role.EMPLOYEE));

    provider.claims.put("email", "b@lab.example");
    provider.claims.put("email_verified", null);
    provider.userInfo.put("email_verified", true);
    assertThat(signIn().emailVerified()).isFalse();

    provider.userInfo.put("sub", "u-2");
    assertFails("somebody else");
  }

  @Test
  void a_token_that_is_forged_is_not_believed() {
    for (TestProvider.Signing signing : TestProvider.Signing.values()) {
      provider.signing = signing;
      if (signing == TestProvider.Signing.PROPER) {
        assertThat(signIn().subject()).isEqualTo("u-1");
      } else {
        assertFails("ID token cannot be believed");
      }
    }
  }

  @Test
  void a_token_that_was_made_by_or_for_somebody_else_or_is_old_is_not_believed() {
    Map<String, Object> wrong = new HashMap<>();
    wrong.put("iss", "https://elsewhere.example");
    wrong.put("aud", "another-client");
    wrong.put("nonce", "another");
    wrong.put("exp", new Date(System.currentTimeMillis() - 3_600_000));
    wrong.put("sub", null);
    wrong.forEach(
        (name, value) -> {
          provider.claims.put(name, value);
          assertFails("ID token cannot be believed");
          provider.claims.remove(name);
          provider.claims.putIfAbsent("sub", "u-1");
        });
    provider.claims.put("nonce", null);
    assertFails("ID token cannot be believed");
    provider.claims.remove("nonce");
    provider.claims.put("aud", List.of(TestProvider.CLIENT, "another-client"));
    assertFails("");
    provider.claims.put("azp", TestProvider.CLIENT);
    assertThat(signIn().subject()).isEqualTo("u-1");
  }

  @Test
  void keys_that_were_changed_are_fetched_anew() {
    signIn();
    provider.rotate();
    assertThat(signIn().subject()).isEqualTo("u-1");
    assertThat(provider.requests("/keys")).isEqualTo(2);
  }

  @Test
  void an_answer_that_this_browser_did_not_ask_for_is_refused_before_the_code_is_used() {
    OpenId.Begun begun = openId.begin();
    Map<String, List<String>> answer = answer(begun);
    String other = openId.begin().secret();
    Map<String, List<String>> stateless = new HashMap<>(answer);
    stateless.remove("state");

    assertThatThrownBy(() -> openId.finish(other, answer))
        .hasFieldOrPropertyWithValue("code", ErrorCode.BAD_REQUEST)
        .hasMessageContaining("another window");
    assertThatThrownBy(() -> openId.finish(begun.secret(), stateless))
        .hasFieldOrPropertyWithValue("code", ErrorCode.BAD_REQUEST);
    assertThat(provider.requests("/token")).isZero();
    openId.finish(begun.secret(), answer);
    assertThatThrownBy(() -> openId.finish(begun.secret(), answer))
        .hasFieldOrPropertyWithValue("code", ErrorCode.ISSUER_FAILED)
        .cause()
        .hasMessageContaining("invalid_grant");
  }

  @Test
  void what_the_provider_refuses_or_another_one_answers_signs_nobody_in() {
    OpenId.Begun begun = openId.begin();
    String state = TestProvider.form(begun.target().getRawQuery()).get("state");

    assertThatThrownBy(
            () ->
                openId.finish(
                    begun.secret(),
                    Map.of("state", List.of(state), "error", List.of("access_denied"))))
        .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN)
        .hasMessageContaining("access_denied");
    assertThatThrownBy(
            () ->
                openId.finish(
                    begun.secret(),
                    Map.of(
                        "state", List.of(state),
                        "code", List.of("x"),
                        "iss", List.of("https://elsewhere.example"))))
        .hasFieldOrPropertyWithValue("code", ErrorCode.ISSUER_FAILED);
  }

  @Test
  void a_provider_that_is_another_than_the_settings_say_is_not_asked_to_sign_anybody_in() {
    provider.description.put("issuer", provider.issuer() + "/");
    assertFails("entrepot.openid.issuer");
    assertFails("entrepot.openid.issuer");
    assertThat(provider.requests("openid-configuration")).isEqualTo(1);

    now.set(now.get().plusSeconds(4));
    provider.description.clear();
    provider.description.put("jwks_uri", "");
    assertFails("");

    now.set(now.get().plusSeconds(4));
    provider.description.clear();
    provider.description.put("id_token_signing_alg_values_supported", List.of("HS256"));
    assertFails("HS256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization_endpoint",
        "token_endpoint",
        "jwks_uri",
        "userinfo_endpoint",
        "end_session_endpoint"
      })
  void nothing_goes_in_the_clear_to_a_provider_that_is_reached_by_https(String endpoint)
      throws Exception {
    String issuer = "https://sso.example";
    Map<String, Object> about = new HashMap<>();
    about.put("issuer", issuer);
    about.put("subject_types_supported", List.of("public"));
    about.put("authorization_endpoint", issuer + "/authorize");
    about.put("token_endpoint", issuer + "/token");
    about.put("jwks_uri", issuer + "/keys");
    Provider.checkEndpoints(metadata(about));
    about.put(endpoint, "https://elsewhere.example/");
    Provider.checkEndpoints(metadata(about));
    about.put(endpoint, "http://sso.example/");
    OIDCProviderMetadata plain = metadata(about);

    assertThatThrownBy(() -> Provider.checkEndpoints(plain))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(endpoint);
  }

  private static OIDCProviderMetadata metadata(Map<String, Object> about) throws ParseException {
    return OIDCProviderMetadata.parse(new JsonMapper().writeValueAsString(about));
  }

  @Test
  void no_request_goes_to_a_host_inside_that_only_the_provider_names() {
    provider.description.put(
        "token_endpoint", provider.issuer().replace("127.0.0.1", "127.0.0.2") + "/token");
    assertFails("entrepot.outgoing.allow");
  }

  @Test
  void a_provider_that_is_down_or_sends_on_is_told_of_and_asked_again_a_little_later() {
    provider.moved = true;
    assertFails("302");
    now.set(now.get().plusSeconds(2));
    assertFails("302");
    now.set(now.get().plusSeconds(2));
    assertFails("302");
    assertThat(provider.requests("openid-configuration")).isEqualTo(2);
    assertThat(provider.requests("/about")).isZero();

    provider.close();
    now.set(now.get().plusSeconds(4));
    assertFails("could not be reached");
  }

  @Test
  void the_secret_may_lie_in_a_file_and_change_there() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "an old one\n");
    openId.close();
    openId =
        openId("--entrepot.openid.client-secret=", "--entrepot.openid.client-secret-file=" + file);
    assertFails("invalid_grant");
    Files.writeString(file, TestProvider.SECRET + "\n");
    assertThat(signIn().subject()).isEqualTo("u-1");
  }

  @Test
  void there_is_a_way_to_sign_out_there_too_where_the_provider_has_one() {
    assertThat(openId.leave().orElseThrow().toString())
        .startsWith(provider.issuer() + "/logout?")
        .contains("client_id=entrepot", "post_logout_redirect_uri=https");
  }
}
