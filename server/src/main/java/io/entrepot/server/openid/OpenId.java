// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.identity.OpenIdAccounts.Person;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.OpenIdSettings;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in through the provider that the settings name, if they name one.
 *
 * <p>In two halves, {@link #begin} and {@link #finish}, between which somebody is at the provider.
 * What goes wrong there is told as {@code ISSUER_FAILED}: the message is for whoever wants to sign
 * in, its cause for the log.
 */
public final class OpenId implements AutoCloseable {

  /** Where the provider sends people back to. */
  public static final String RETURN = "/ui/login/openid/return";

  private static final String SIGN_IN = "/ui/login";

  private final OpenIdSettings settings;
  private final String address;
  private final SecureRandom random;
  private final InstantSource clock;
  private final @Nullable Calls calls;
  private final @Nullable Provider provider;

  OpenId(EntrepotSettings all, SecureRandom random, InstantSource clock) {
    this.settings = all.openid();
    this.address = Objects.requireNonNullElse(all.address(), "");
    this.random = random;
    this.clock = clock;
    if (settings.isSet()) {
      calls = new Calls(settings.reachable(all.outgoing()));
      provider = new Provider(settings, calls, clock);
    } else {
      calls = null;
      provider = null;
    }
  }

  /**
   * A try that has begun.
   *
   * @param secret for the browser to keep, and for nobody else
   * @param target where it goes now
   */
  public record Begun(String secret, URI target) {
    @Override
    public String toString() {
      return "Begun[****]";
    }
  }

  /** Whether there is a provider; without one, nothing else here may be called. */
  public boolean isOn() {
    return settings.isSet();
  }

  /** What people call the provider. */
  public String name() {
    return settings.name();
  }

  /**
   * @throws EntrepotException {@code ISSUER_FAILED} when the provider cannot be asked
   */
  public Begun begin() {
    Attempt attempt = Attempt.fresh(random);
    try {
      URI target =
          new AuthenticationRequest.Builder(
                  ResponseType.CODE,
                  new Scope(settings.scopes().toArray(String[]::new)),
                  new ClientID(settings.clientId()),
                  back())
              .endpointURI(provider().ask().about().getAuthorizationEndpointURI())
              .state(new State(attempt.state()))
              .nonce(new Nonce(attempt.nonce()))
              .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
              .build()
              .toURI();
      return new Begun(attempt.secret(), target);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * Who came back.
   *
   * @param secret that the browser kept
   * @param answer the query that the provider sent it back with
   * @throws EntrepotException {@code BAD_REQUEST} when this browser did not begin what it comes
   *     back from, {@code FORBIDDEN} when the provider did not let them in, {@code ISSUER_FAILED}
   *     when it cannot be asked or what it says cannot be believed
   */
  public Person finish(String secret, Map<String, List<String>> answer) {
    Attempt attempt = new Attempt(secret);
    try {
      Provider.Known known = provider().ask();
      AuthorizationCode code = code(known, attempt, answer);
      return new Exchange(settings, Objects.requireNonNull(calls), known, clock.instant())
          .person(code, attempt, back());
    } catch (IOException | ParseException e) {
      throw failed(e);
    }
  }

  /** What is told a browser that comes back from where it was not sent. */
  public static EntrepotException begunElsewhere() {
    return new EntrepotException(
        ErrorCode.BAD_REQUEST,
        "This sign-in was begun in another window, or too long ago. Try again.");
  }

  private AuthorizationCode code(
      Provider.Known known, Attempt attempt, Map<String, List<String>> answer)
      throws ParseException, IOException {
    List<String> states = answer.getOrDefault("state", List.of());
    if (states.size() != 1 || !isSame(states.getFirst(), attempt.state())) {
      throw begunElsewhere();
    }
    AuthorizationResponse response = AuthorizationResponse.parse(back(), answer);
    // Where there are several providers, one could pass on what another one answered.
    boolean silent = response.getIssuer() == null;
    if (silent
        ? known.about().supportsAuthorizationResponseIssuerParam()
        : !response.getIssuer().equals(known.about().getIssuer())) {
      throw new IOException("Its answer was made by another one.");
    }
    if (!response.indicatesSuccess()) {
      throw new EntrepotException(
          ErrorCode.FORBIDDEN,
          settings.name()
              + " did not let you in: "
              + response.toErrorResponse().getErrorObject().getCode()
              + ".");
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new IOException("Its answer holds no code.");
    }
    return code;
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(), other.getBytes());
  }

  /**
   * Where somebody goes to sign out at the provider too; empty when it has no such page.
   *
   * @throws EntrepotException {@code ISSUER_FAILED} when it cannot be asked
   */
  public Optional<URI> leave() {
    try {
      return Optional.ofNullable(provider().ask().about().getEndSessionEndpointURI())
          .map(
              end ->
                  new LogoutRequest(
                          end,
                          null,
                          null,
                          new ClientID(settings.clientId()),
                          URI.create(address + SIGN_IN),
                          null,
                          null)
                      .toURI());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private URI back() {
    return URI.create(address + RETURN);
  }

  private Provider provider() {
    return Objects.requireNonNull(provider, "no provider is set");
  }

  private EntrepotException failed(Exception why) {
    return new EntrepotException(
        ErrorCode.ISSUER_FAILED,
        settings.name()
            + " cannot sign anybody in here just now. Try again; if it goes on, tell an"
            + " administrator.",
        why);
  }

  @Override
  public void close() throws IOException {
    if (calls != null) {
      calls.close();
    }
  }
}
