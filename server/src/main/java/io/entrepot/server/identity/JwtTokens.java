// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import io.entrepot.base.Id;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** JSON web tokens (HS256): each carries the id of the login it belongs to. */
final class JwtTokens {

  private static final String AUDIENCE = "fastapi-users:auth";

  private final byte[] key;
  private final InstantSource clock;

  /**
   * @param key at least 32 bytes
   */
  JwtTokens(byte[] key, InstantSource clock) {
    this.key = key.clone();
    this.clock = clock;
  }

  String issue(Login login) {
    Map<String, Object> claims =
        Map.of(
            "sub", login.account().toUuid().toString(),
            "aud", List.of(AUDIENCE),
            "exp", login.expiresAt().getEpochSecond(),
            "jti", login.id().hex());
    JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(claims));
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign with the token key", e);
    }
    return token.serialize();
  }

  /** The login a token belongs to; empty when we did not sign it, or it is for another purpose. */
  Optional<Id> verify(String text) {
    try {
      JWSObject token = JWSObject.parse(text);
      boolean ours =
          JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
              && token.verify(new MACVerifier(key));
      return ours ? login(token.getPayload().toJSONObject()) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException _) {
      // Anything at all can stand in a header, and none of it is worth more than a 401.
      return Optional.empty();
    }
  }

  private Optional<Id> login(Map<String, Object> claims) {
    boolean current =
        claims.get("exp") instanceof Number expiry
            && expiry.longValue() > clock.instant().getEpochSecond();
    boolean meant =
        claims.get("aud") instanceof List<?> audience
            && audience.contains(AUDIENCE)
            && claims.get("sub") instanceof String subject
            && UUID.fromString(subject).version() == 8;
    return current && meant && claims.get("jti") instanceof String jti
        ? Optional.of(new Id(jti))
        : Optional.empty();
  }
}
