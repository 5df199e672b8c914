// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.entrepot.server.identity.OpenIdAccounts.Person;
import io.entrepot.server.settings.OpenIdSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** A code becomes tokens, and these become somebody. The tokens are forgotten then. */
record Exchange(OpenIdSettings settings, Calls calls, Provider.Known known, Instant now) {

  /** By how much the provider's clock may be ahead of ours, as for all other times in a token. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * @param back where the code was sent to
   * @throws IOException when something is not as it has to be; the message is a sentence
   */
  Person person(AuthorizationCode code, Attempt attempt, URI back)
      throws IOException, ParseException {
    OIDCTokens tokens = redeemed(code, new CodeVerifier(attempt.verifier()), back);
    IDTokenClaimsSet claims = believed(tokens, new Nonce(attempt.nonce()));
    String subject = claims.getSubject().getValue();
    Claims said = Claims.of(claims.toJSONObject(), settings.groupClaim());
    if (!said.isWhole() && known.about().getUserInfoEndpointURI() != null) {
      said = said.or(asked(tokens.getAccessToken(), subject));
    }
    return new Person(
        known.about().getIssuer().getValue(),
        subject,
        said.email(),
        said.emailVerified(),
        said.role(settings.groups()));
  }

  private OIDCTokens redeemed(AuthorizationCode code, CodeVerifier verifier, URI back)
      throws IOException, ParseException {
    AuthorizationCodeGrant grant = new AuthorizationCodeGrant(code, back, verifier);
    TokenResponse response =
        OIDCTokenResponseParser.parse(calls.send(request(grant).toHTTPRequest()));
    if (!response.indicatesSuccess()) {
      throw new IOException(
          "It does not give a token for the code: "
              + response.toErrorResponse().getErrorObject().toJSONObject());
    }
    return (OIDCTokens) response.toSuccessResponse().getTokens();
  }

  private TokenRequest request(AuthorizationCodeGrant grant) throws IOException {
    URI address = known.about().getTokenEndpointURI();
    ClientID client = new ClientID(settings.clientId());
    String secret = secret();
    if (secret.isEmpty()) {
      return new TokenRequest(address, client, grant);
    }
    List<ClientAuthenticationMethod> ways = known.about().getTokenEndpointAuthMethods();
    boolean inBody =
        ways != null
            && !ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            && ways.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
    return new TokenRequest(
        address,
        inBody
            ? new ClientSecretPost(client, new Secret(secret))
            : new ClientSecretBasic(client, new Secret(secret)),
        grant);
  }

  /** Read each time, so that it can be changed while the server runs. */
  private String secret() throws IOException {
    Path file = settings.clientSecretFile();
    return file == null ? settings.clientSecret() : Files.readString(file).strip();
  }

  private IDTokenClaimsSet believed(OIDCTokens tokens, Nonce nonce) throws IOException {
    if (tokens.getIDToken() == null) {
      throw new IOException("Its answer holds no ID token.");
    }
    IDTokenClaimsSet claims;
    try {
      claims = known.validator().validate(tokens.getIDToken(), nonce);
    } catch (BadJOSEException | JOSEException e) {
      throw new IOException("Its ID token cannot be believed: " + e.getMessage(), e);
    }
    boolean shared = claims.getAudience().size() > 1;
    AuthorizedParty party = claims.getAuthorizedParty();
    if (party == null ? shared : !party.getValue().equals(settings.clientId())) {
      throw new IOException("Its ID token was made for another one.");
    }
    Date begin = claims.getDateClaim("nbf");
    if (begin != null && begin.toInstant().isAfter(now.plus(SKEW))) {
      throw new IOException("Its ID token is not valid before " + begin.toInstant() + ".");
    }
    return claims;
  }

  private Claims asked(AccessToken token, String subject) throws IOException, ParseException {
    URI address = known.about().getUserInfoEndpointURI();
    UserInfoResponse response =
        UserInfoResponse.parse(calls.send(new UserInfoRequest(address, token).toHTTPRequest()));
    if (!response.indicatesSuccess()) {
      throw new IOException(
          "It does not say who somebody is: "
              + response.toErrorResponse().getErrorObject().toJSONObject());
    }
    UserInfo info = response.toSuccessResponse().getUserInfo();
    if (info == null || !subject.equals(info.getSubject().getValue())) {
      throw new IOException("It says who somebody else is.");
    }
    return Claims.of(info.toJSONObject(), settings.groupClaim());
  }
}
