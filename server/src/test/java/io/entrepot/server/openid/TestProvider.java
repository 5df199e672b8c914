// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import io.entrepot.server.notices.Receiver;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small OpenID provider on the loopback address. It asks nobody for a password: whoever comes is
 * who the test says. It checks what a real one checks: client, redirection, code, PKCE.
 */
final class TestProvider implements AutoCloseable {

  static final String CLIENT = "entrepot";
  static final String SECRET = "s3cret: with a colon";

  private static final JsonMapper JSON = new JsonMapper();

  private final Receiver receiver;
  private final Map<String, Map<String, String>> codes = new HashMap<>();

  /** What the next ID token says besides what every one says, or in its place; null for nothing. */
  final Map<String, Object> claims = new HashMap<>();

  /** What it says when it is asked with the access token. */
  final Map<String, Object> userInfo = new HashMap<>();

  /** What it says of itself otherwise than usual. */
  final Map<String, Object> description = new HashMap<>();

  private static final RSAKey FIRST = key("first");

  private RSAKey key = FIRST;
  Signing signing = Signing.PROPER;

  /** The ID token in place of its own; empty for its own. Is given the one it would send. */
  Function<JWTClaimsSet, Optional<String>> forger = _ -> Optional.empty();

  /** Whether it sends whoever asks what it is to another address. */
  boolean moved;

  /** How an ID token is signed. */
  enum Signing {
    PROPER,
    /** Not at all, and the header says so. */
    NONE,
    /** With what everybody knows, as if it were a shared secret. */
    PUBLIC_KEY_AS_SECRET,
    /** With the client's secret. */
    CLIENT_SECRET,
    /** With a key of somebody else's that calls itself by the right name. */
    ANOTHERS_KEY
  }

  TestProvider() {
    receiver = Receiver.start("127.0.0.1", 0, this::answer);
    claims.put("sub", "u-1");
    claims.put("email", "ilse@lab.example");
    claims.put("email_verified", true);
    claims.put("groups", List.of("scientists"));
  }

  String issuer() {
    return receiver.at("/realms/lab").toString();
  }

  int requests(String path) {
    return (int)
        receiver.requests().stream().filter(request -> request.path().contains(path)).count();
  }

  private static RSAKey key(String name) {
    try {
      return new RSAKeyGenerator(2048).keyID(name).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  RSAKey key() {
    return key;
  }

  /** From now on tokens are signed with another key, and only that one is published. */
  void rotate() {
    key = key("second");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/realms/lab", "");
    Map<String, String> query = form(exchange.getRequestURI().getRawQuery());
    switch (path) {
      case "/.well-known/openid-configuration" -> {
        exchange.getResponseHeaders().set("Location", issuer() + "/about");
        json(exchange, moved ? 302 : 200, about());
      }
      case "/about" -> json(exchange, 200, about());
      case "/keys" -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toJSONObject());
      case "/authorize" -> authorize(exchange, query);
      case "/token" -> token(exchange, form(receiver.requests().getLast().body()));
      case "/userinfo" -> json(exchange, 200, userInfo);
      default -> json(exchange, 404, Map.of("error", "not found"));
    }
  }

  private Map<String, Object> about() {
    Map<String, Object> about = new LinkedHashMap<>();
    about.put("issuer", issuer());
    about.put("authorization_endpoint", issuer() + "/authorize");
    about.put("token_endpoint", issuer() + "/token");
    about.put("jwks_uri", issuer() + "/keys");
    about.put("userinfo_endpoint", issuer() + "/userinfo");
    about.put("end_session_endpoint", issuer() + "/logout");
    about.put("response_types_supported", List.of("code"));
    about.put("subject_types_supported", List.of("public"));
    about.put("id_token_signing_alg_values_supported", List.of("RS256", "HS256", "none"));
    about.putAll(description);
    about.values().removeIf(""::equals);
    return about;
  }

  private void authorize(HttpExchange exchange, Map<String, String> query) throws IOException {
    String code = UUID.randomUUID().toString();
    codes.put(code, query);
    boolean good =
        CLIENT.equals(query.get("client_id"))
            && "code".equals(query.get("response_type"))
            && "S256".equals(query.get("code_challenge_method"));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            query.get("redirect_uri")
                + (good ? "?code=" + code : "?error=invalid_request")
                + "&state="
                + query.get("state"));
    exchange.sendResponseHeaders(302, -1);
  }

  private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
    Map<String, String> asked = codes.remove(String.valueOf(form.get("code")));
    String basic =
        Base64.getEncoder()
            .encodeToString((CLIENT + ":" + "s3cret%3A+with+a+colon").getBytes(UTF_8));
    boolean good =
        asked != null
            && ("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))
            && asked.get("redirect_uri").equals(form.get("redirect_uri"))
            && asked.get("code_challenge").equals(challenge(form.get("code_verifier")));
    if (!good) {
      json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    json(
        exchange,
        200,
        Map.of(
            "access_token",
            "access",
            "token_type",
            "Bearer",
            "id_token",
            idToken(asked.getOrDefault("nonce", ""))));
  }

  private static String challenge(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String idToken(String nonce) {
    JWTClaimsSet.Builder builder =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .audience(CLIENT)
            .claim("nonce", nonce)
            .issueTime(new Date())
            .expirationTime(new Date(System.currentTimeMillis() + 300_000));
    claims.forEach(builder::claim);
    JWTClaimsSet set = builder.build();
    try {
      return forger.apply(set).orElse(signed(set).serialize());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWT signed(JWTClaimsSet set) throws JOSEException {
    return switch (signing) {
      case NONE -> new PlainJWT(set);
      case PROPER -> signed(set, JWSAlgorithm.RS256, new RSASSASigner(key));
      case ANOTHERS_KEY -> signed(set, JWSAlgorithm.RS256, new RSASSASigner(key(key.getKeyID())));
      case PUBLIC_KEY_AS_SECRET ->
          signed(set, JWSAlgorithm.HS256, new MACSigner(key.toRSAPublicKey().getEncoded()));
      case CLIENT_SECRET ->
          signed(set, JWSAlgorithm.HS256, new MACSigner((SECRET + SECRET).getBytes(UTF_8)));
    };
  }

  private JWT signed(JWTClaimsSet set, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    SignedJWT token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), set);
    token.sign(signer);
    return token;
  }

  static Map<String, String> form(String text) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return fields;
  }

  private static void json(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI at(String path) {
    return URI.create(issuer() + path);
  }

  /** Nobody answers any more. */
  @Override
  public void close() {
    receiver.close();
  }
}
