// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.entrepot.base.EntrepotException;
import io.entrepot.server.DrillSize;
import io.entrepot.server.notices.Listening;
import io.entrepot.server.settings.GivenSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** ID tokens that are not the provider's, or not for us, now and for this try. */
class ForgedIdTokensTest {

  private static final int VARIANTS = DrillSize.of(60, 1_000, 5_000);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Random random = DrillSize.random();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private final TestProvider provider = new TestProvider();
  private final RSAKey stranger = stranger(provider.key().getKeyID());
  private final OpenId openId =
      new OpenId(
          GivenSettings.read(
              "--entrepot.address=https://entrepot.example",
              "--entrepot.openid.issuer=" + provider.issuer(),
              "--entrepot.openid.client-id=" + TestProvider.CLIENT,
              "--entrepot.openid.client-secret=" + TestProvider.SECRET,
              "--entrepot.openid.groups.standard=scientists"),
          new SecureRandom(),
          now::get);

  @AfterEach
  void close() throws IOException {
    openId.close();
    provider.close();
  }

  private static RSAKey stranger(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether somebody gets in. */
  private boolean isLetIn() throws IOException, InterruptedException {
    try {
      OpenId.Begun begun = openId.begin();
      String back =
          HTTP.send(HttpRequest.newBuilder(begun.target()).build(), BodyHandlers.discarding())
              .headers()
              .firstValue("Location")
              .orElseThrow();
      Map<String, List<String>> answer = new HashMap<>();
      TestProvider.form(URI.create(back).getRawQuery())
          .forEach((name, value) -> answer.put(name, List.of(value)));
      openId.finish(begun.secret(), answer);
      return true;
    } catch (EntrepotException _) {
      return false;
    }
  }

  /** How a token is made out of what an honest one would say. */
  private interface Way {
    String token(JWTClaimsSet claims) throws JOSEException;
  }

  /** A kind of signature or of claims; {@code good} when it is an honest one. */
  private record Part<T>(String name, boolean good, T value) {}

  /** Another set of claims. */
  private interface Said {
    JWTClaimsSet of(JWTClaimsSet claims);
  }

  private static String signed(JWTClaimsSet claims, JWSHeader.Builder header, JWSSigner signer)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header.build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private JWSHeader.Builder header(JWSAlgorithm algorithm) {
    return new JWSHeader.Builder(algorithm).keyID(provider.key().getKeyID());
  }

  private List<Part<Way>> ways(Listening inside) throws JOSEException {
    RSAKey key = provider.key();
    JWSSigner proper = new RSASSASigner(key);
    JWSSigner strange = new RSASSASigner(stranger);
    byte[] open = key.toRSAPublicKey().getEncoded();
    byte[] jwk = key.toPublicJWK().toJSONString().getBytes(UTF_8);
    byte[] secret = (TestProvider.SECRET + TestProvider.SECRET).getBytes(UTF_8);
    URI elsewhere = URI.create("http://127.0.0.1:" + inside.port() + "/keys");
    List<Part<Way>> ways = new ArrayList<>();
    ways.add(new Part<>("proper", true, c -> signed(c, header(JWSAlgorithm.RS256), proper)));
    ways.add(new Part<>("unsigned", false, c -> new PlainJWT(c).serialize()));
    ways.add(
        new Part<>("a stranger's", false, c -> signed(c, header(JWSAlgorithm.RS256), strange)));
    ways.add(new Part<>("other hash", false, c -> signed(c, header(JWSAlgorithm.RS512), strange)));
    ways.add(
        new Part<>(
            "a stranger's own key",
            false,
            c -> signed(c, header(JWSAlgorithm.RS256).jwk(stranger.toPublicJWK()), strange)));
    ways.add(
        new Part<>(
            "a key elsewhere",
            false,
            c -> signed(c, header(JWSAlgorithm.RS256).jwkURL(elsewhere), strange)));
    ways.add(
        new Part<>(
            "a certificate elsewhere",
            false,
            c -> signed(c, header(JWSAlgorithm.RS256).x509CertURL(elsewhere), strange)));
    for (String name : List.of("../../../dev/null", "x' or '1'='1", "second", "")) {
      ways.add(
          new Part<>(
              "key \"" + name + "\"",
              false,
              c -> signed(c, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(name), strange)));
    }
    for (byte[] shared : List.of(open, jwk, secret, new byte[64])) {
      for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS512)) {
        ways.add(
            new Part<>(
                algorithm + " by " + shared.length + " bytes",
                false,
                c -> signed(c, header(algorithm), new MACSigner(shared))));
      }
    }
    ways.add(
        new Part<>(
            "signature of another",
            false,
            c -> swapped(signed(c, header(JWSAlgorithm.RS256), proper))));
    return ways;
  }

  /** What is said is changed, and the signature left. */
  private static String swapped(String token) {
    String[] parts = token.split("\\.", -1);
    String said = new String(java.util.Base64.getUrlDecoder().decode(parts[1]), UTF_8);
    String other = said.replace("u-1", "u-2");
    return parts[0]
        + "."
        + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(UTF_8))
        + "."
        + parts[2];
  }

  private static Part<Said> changed(String name, Object value) {
    return new Part<>(
        name + " " + value,
        false,
        claims -> new JWTClaimsSet.Builder(claims).claim(name, value).build());
  }

  private static Part<Said> without(String name) {
    return new Part<>(
        "no " + name,
        false,
        claims -> {
          Map<String, Object> all = new HashMap<>(claims.getClaims());
          all.remove(name);
          JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder();
          all.forEach(builder::claim);
          return builder.build();
        });
  }

  private List<Part<Said>> claims() {
    long time = System.currentTimeMillis();
    List<Part<Said>> all = new ArrayList<>();
    all.add(new Part<>("honest", true, claims -> claims));
    for (Object issuer :
        List.of(
            "https://elsewhere.example", provider.issuer() + "/", provider.issuer() + "x", "")) {
      all.add(changed("iss", issuer));
    }
    for (Object audience :
        List.of("another", "", "Entrepot", "entrepot ", List.of("another"), List.of())) {
      all.add(changed("aud", audience));
    }
    all.add(changed("aud", List.of(TestProvider.CLIENT, "another")));
    all.add(changed("azp", "another"));
    // A minute is given to clocks that differ.
    for (long seconds : new long[] {-65, -600, -86_400, -1_000_000_000}) {
      all.add(changed("exp", new Date(time + seconds * 1000)));
    }
    for (long seconds : new long[] {125, 3_600, 86_400}) {
      all.add(changed("iat", new Date(time + seconds * 1000)));
      all.add(changed("nbf", new Date(time + seconds * 1000)));
    }
    for (Object nonce : List.of("another", "", "null")) {
      all.add(changed("nonce", nonce));
    }
    for (String name : List.of("iss", "aud", "exp", "iat", "nonce", "sub")) {
      all.add(without(name));
    }
    return all;
  }

  private record Variant(String name, boolean near, Part<Way> way, Part<Said> said) {}

  @Test
  void nobody_is_signed_in_by_a_token_that_is_not_the_providers_for_us_and_now() throws Exception {
    List<String> accepted = new ArrayList<>();
    int tried = 0;
    try (Listening inside = Listening.onAll()) {
      List<Variant> variants = variants(inside);
      assertThat(isLetIn()).isTrue();
      for (; tried < VARIANTS; tried++) {
        Variant variant = variants.get(tried % variants.size());
        provider.forger =
            claims -> {
              try {
                return Optional.of(variant.way().value().token(variant.said().value().of(claims)));
              } catch (JOSEException e) {
                throw new IllegalStateException(e);
              }
            };
        if (isLetIn()) {
          accepted.add(variant.name());
        }
      }
      assertThat(inside.connections()).isZero();
    }
    provider.forger = _ -> Optional.empty();

    assertThat(accepted).isEmpty();
    assertThat(isLetIn()).isTrue();
    DrillSize.tell("%,d forged ID tokens, none accepted", tried);
  }

  private List<Variant> variants(Listening inside) throws JOSEException {
    List<Variant> variants = new ArrayList<>();
    for (Part<Way> way : ways(inside)) {
      for (Part<Said> said : claims()) {
        if (!way.good() || !said.good()) {
          boolean near = way.good() || said.good();
          variants.add(new Variant(way.name() + " / " + said.name(), near, way, said));
        }
      }
    }
    Collections.shuffle(variants, random);
    variants.sort(java.util.Comparator.comparing(variant -> !variant.near()));
    return variants;
  }

  @Test
  void a_key_that_was_changed_is_good_for_nothing_once_the_new_one_is_known() throws Exception {
    RSAKey old = provider.key();
    assertThat(isLetIn()).isTrue();
    provider.rotate();
    assertThat(isLetIn()).isTrue();
    provider.forger =
        claims -> {
          try {
            JWSHeader.Builder header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(old.getKeyID());
            return Optional.of(signed(claims, header, new RSASSASigner(old)));
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThat(isLetIn()).isFalse();
  }

  @Test
  void an_address_inside_that_the_provider_names_is_not_connected_to() throws Exception {
    List<String> hosts =
        List.of("127.0.0.2", "127.1.2.3", "[::1]", "[::ffff:127.0.0.2]", "2130706434", "0.0.0.0");
    List<String> endpoints = List.of("token_endpoint", "jwks_uri");
    try (Listening inside = Listening.onAll()) {
      for (String endpoint : endpoints) {
        for (String host : hosts) {
          now.set(now.get().plusSeconds(7_200));
          provider.description.clear();
          provider.description.put(endpoint, "http://" + host + ":" + inside.port() + "/");
          assertThat(isLetIn()).as("%s at %s", endpoint, host).isFalse();
        }
      }
      assertThat(inside.connections()).isZero();
    }
    DrillSize.tell(
        "%d addresses inside that a provider names, no connection",
        hosts.size() * endpoints.size());
  }
}
