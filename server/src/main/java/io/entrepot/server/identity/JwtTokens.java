// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.entrepot.base.Id;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * JSON web tokens (HS256): each carries the id of the login it belongs to.
 *
 * <p>One counts only as it was issued: a header, a claim or a letter that is not in ours makes it
 * somebody else's, be it signed with our key.
 */
final class JwtTokens {

  private static final List<String> AUDIENCE = List.of("fastapi-users:auth");
  private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.HS256);
  private static final Set<String> CLAIMS = Set.of("sub", "aud", "exp", "jti");

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
            "aud", AUDIENCE,
            "exp", login.expiresAt().getEpochSecond(),
            "jti", login.id().hex());
    JWSObject token = new JWSObject(HEADER, new Payload(claims));
    try {
      token.sign(new MACSigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("cannot sign with the token key", e);
    }
    return token.serialize();
  }

  /**
   * The login a token belongs to, and whose it says that is.
   *
   * @param account that of the login, or the token is not good
   */
  record Claimed(Id login, Id account) {}

  /** Empty when we did not issue it, or it is over. */
  Optional<Claimed> verify(String text) {
    try {
      JWSObject token = JWSObject.parse(text);
      boolean ours =
          HEADER.toBase64URL().equals(token.getHeader().toBase64URL())
              && isWritten(token.getSignature())
              && token.verify(new MACVerifier(key));
      return ours ? claimed(token.getPayload().toJSONObject()) : Optional.empty();
    } catch (ParseException | JOSEException | RuntimeException _) {
      // Anything at all can stand in a header, and none of it is worth more than a 401.
      return Optional.empty();
    }
  }

  /** Several texts stand for the same bytes, and only one of them is ours. */
  private static boolean isWritten(Base64URL signature) {
    return signature.equals(Base64URL.encode(signature.decode()));
  }

  private Optional<Claimed> claimed(Map<String, Object> claims) {
    boolean current =
        claims.get("exp") instanceof Long expiry && expiry > clock.instant().getEpochSecond();
    boolean meant = claims.keySet().equals(CLAIMS) && AUDIENCE.equals(claims.get("aud"));
    return current
            && meant
            && claims.get("sub") instanceof String subject
            && claims.get("jti") instanceof String jti
        ? Optional.of(new Claimed(new Id(jti), Id.fromUuid(UUID.fromString(subject))))
        : Optional.empty();
  }
}
