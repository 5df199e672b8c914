// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import io.entrepot.server.settings.OpenIdSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What the provider says of itself, asked for when it is first needed and then once an hour. */
final class Provider {

  private static final Duration KEPT = Duration.ofHours(1);

  /** For so long a failure is told again without asking again. */
  private static final Duration REST = Duration.ofSeconds(3);

  /** Keys that everybody may know: with a shared secret anybody who can check could also sign. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private final OpenIdSettings settings;
  private final Calls calls;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Known known;
  private @Nullable Failed failed;

  Provider(OpenIdSettings settings, Calls calls, InstantSource clock) {
    this.settings = settings;
    this.calls = calls;
    this.clock = clock;
  }

  /**
   * @param about its own description
   * @param validator of its tokens; fetches keys, and new ones when a token names one not known
   */
  record Known(OIDCProviderMetadata about, IDTokenValidator validator, Instant until) {}

  private record Failed(IOException why, Instant until) {}

  /**
   * @throws IOException when it cannot be asked, or what it says cannot be used; the message is a
   *     sentence
   */
  Known ask() throws IOException {
    asking.lock();
    try {
      Instant now = clock.instant();
      if (known != null && now.isBefore(known.until())) {
        return known;
      }
      if (failed != null && now.isBefore(failed.until())) {
        throw new IOException(failed.why().getMessage(), failed.why());
      }
      return renewed(now);
    } finally {
      asking.unlock();
    }
  }

  private Known renewed(Instant now) throws IOException {
    try {
      Known fetched = fetched(now);
      known = fetched;
      return fetched;
    } catch (IOException e) {
      failed = new Failed(e, clock.instant().plus(REST));
      throw e;
    }
  }

  private Known fetched(Instant now) throws IOException {
    try {
      Issuer issuer = new Issuer(settings.issuer());
      OIDCProviderMetadata about = OIDCProviderMetadata.parse(calls.text(settings.description()));
      if (!about.getIssuer().equals(issuer)) {
        throw new IOException(
            "It calls itself "
                + about.getIssuer()
                + "; entrepot.openid.issuer has to be exactly that.");
      }
      checkEndpoints(about);
      return new Known(about, validator(about), now.plus(KEPT));
    } catch (ParseException e) {
      throw new IOException("Its description of itself is not understood: " + e.getMessage(), e);
    }
  }

  /** Nothing goes in the clear where the provider itself does not. */
  static void checkEndpoints(OIDCProviderMetadata about) throws IOException {
    boolean plain = about.getIssuer().getValue().startsWith("http://");
    checkEndpoint("authorization_endpoint", about.getAuthorizationEndpointURI(), plain);
    checkEndpoint("token_endpoint", about.getTokenEndpointURI(), plain);
    checkEndpoint("jwks_uri", about.getJWKSetURI(), plain);
    if (about.getUserInfoEndpointURI() != null) {
      checkEndpoint("userinfo_endpoint", about.getUserInfoEndpointURI(), plain);
    }
    if (about.getEndSessionEndpointURI() != null) {
      checkEndpoint("end_session_endpoint", about.getEndSessionEndpointURI(), plain);
    }
  }

  private static void checkEndpoint(String name, @Nullable URI endpoint, boolean plain)
      throws IOException {
    if (endpoint == null || !(plain || "https".equalsIgnoreCase(endpoint.getScheme()))) {
      throw new IOException(
          "Its description of itself holds no " + name + " that can be used: " + endpoint + ".");
    }
  }

  private IDTokenValidator validator(OIDCProviderMetadata about) throws IOException {
    Set<JWSAlgorithm> algorithms = new HashSet<>(ALGORITHMS);
    if (about.getIDTokenJWSAlgs() != null) {
      algorithms.retainAll(about.getIDTokenJWSAlgs());
    }
    if (algorithms.isEmpty()) {
      throw new IOException(
          "It signs tokens with " + about.getIDTokenJWSAlgs() + " only; none of these will do.");
    }
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(about.getJWKSetURI().toURL(), calls)
            .refreshAheadCache(false)
            .build();
    return new IDTokenValidator(
        about.getIssuer(),
        new ClientID(settings.clientId()),
        new JWSVerificationKeySelector<>(algorithms, keys),
        null);
  }
}
