// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything but one good token: other headers, other keys and other claims in all combinations,
 * and the good one with its text changed.
 */
final class ForgedTokens {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** What people are known to have left in their settings. */
  private static final List<String> EXAMPLES =
      List.of(
          "secret",
          "SECRET",
          "changeme",
          "your-256-bit-secret",
          "a-string-secret-at-least-256-bits-long",
          "00000000000000000000000000000000",
          "CHANGE-ME-CHANGE-ME-CHANGE-ME-32");

  private final String good;
  private final byte[] key;
  private final List<String> otherLogins;
  private final KeyPair stranger = stranger();
  private final Map<String, Object> claims;

  /**
   * One way not to be ours.
   *
   * @param made makes it; some signatures take long
   * @param near whether nothing but one part of it is wrong
   */
  record Variant(String name, Supplier<String> made, boolean near) {

    String token() {
      return made.get();
    }
  }

  /** A part of a token; {@code good} when it is as in ours. */
  private record Part<T>(String name, T value, boolean good) {}

  /**
   * @param key what the server signs with
   * @param otherLogins ids that are none of a token's
   */
  ForgedTokens(String good, byte[] key, List<String> otherLogins) {
    this.good = good;
    this.key = key.clone();
    this.otherLogins = List.copyOf(otherLogins);
    this.claims = read(good.split("\\.", -1)[1]);
  }

  private static KeyPair stranger() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> read(String part) {
    return JSON.readValue(Base64.getUrlDecoder().decode(part), LinkedHashMap.class);
  }

  private static String part(Object json) {
    return URL.encodeToString(
        json instanceof String text ? text.getBytes(UTF_8) : JSON.writeValueAsBytes(json));
  }

  /** Every header with every key and all claims, less those that make the good token again. */
  List<Variant> composed() {
    List<Variant> variants = new ArrayList<>();
    for (Part<Map<String, Object>> header : headers()) {
      for (Part<byte[]> signer : keys()) {
        for (Part<Object> said : claims()) {
          int good = (header.good() ? 1 : 0) + (signer.good() ? 1 : 0) + (said.good() ? 1 : 0);
          if (good < 3) {
            String name = String.join(" / ", header.name(), signer.name(), said.name());
            variants.add(
                new Variant(
                    name, () -> token(header.value(), signer.value(), said.value()), good == 2));
          }
        }
      }
    }
    return variants;
  }

  private String token(Map<String, Object> header, byte[] signer, Object said) {
    String signed = part(header) + "." + part(said);
    return signed
        + "."
        + URL.encodeToString(signature(String.valueOf(header.get("alg")), signed, signer));
  }

  /** Made as the header says; none by an empty key. */
  private byte[] signature(String algorithm, String text, byte[] signer) {
    if (signer.length == 0) {
      return signer;
    }
    try {
      return switch (algorithm) {
        case "RS256" -> {
          Signature rsa = Signature.getInstance("SHA256withRSA");
          rsa.initSign(stranger.getPrivate());
          rsa.update(text.getBytes(UTF_8));
          yield rsa.sign();
        }
        // Once taken for the signature of anything by anybody.
        case "ES256" -> new byte[64];
        case "HS384" -> mac("HmacSHA384", text, signer);
        case "HS512" -> mac("HmacSHA512", text, signer);
        default -> mac("HmacSHA256", text, signer);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] mac(String algorithm, String text, byte[] signer)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(signer, algorithm));
    return mac.doFinal(text.getBytes(UTF_8));
  }

  private List<Part<Map<String, Object>>> headers() {
    List<Part<Map<String, Object>>> headers = new ArrayList<>();
    headers.add(new Part<>("our header", Map.of("alg", "HS256"), true));
    for (String algorithm :
        List.of(
            "none", "None", "NONE", "nOnE", "", "HS384", "HS512", "hs256", "HS256 ", "RS256",
            "ES256", "PS256", "EdDSA", "dir", "HMAC")) {
      headers.add(new Part<>("alg " + algorithm, Map.of("alg", algorithm), false));
    }
    RSAPublicKey open = (RSAPublicKey) stranger.getPublic();
    Map<String, Object> jwk =
        Map.of(
            "kty", "RSA",
            "e", URL.encodeToString(open.getPublicExponent().toByteArray()),
            "n", URL.encodeToString(open.getModulus().toByteArray()));
    Map<String, Object> secret = Map.of("kty", "oct", "k", URL.encodeToString(new byte[32]));
    List<Map<String, Object>> more =
        List.of(
            Map.of("typ", "JWT"),
            Map.of("kid", "../../../../../../dev/null"),
            Map.of("kid", "/proc/sys/kernel/randomize_va_space"),
            Map.of("kid", "x' union select 'secret' -- "),
            Map.of("kid", "keys/jwt.key"),
            Map.of("kid", "|id"),
            Map.of("jku", "http://127.0.0.1:1/keys"),
            Map.of("x5u", "http://127.0.0.1:1/cert"),
            Map.of("jwk", secret),
            Map.of("crit", List.of("exp")),
            Map.of("crit", List.of("b64"), "b64", false),
            Map.of("b64", false),
            Map.of("zip", "DEF"),
            Map.of("cty", "JWT"),
            Map.of("enc", "A128GCM"));
    for (Map<String, Object> one : more) {
      headers.add(new Part<>(one.toString(), with("HS256", one), false));
    }
    headers.add(new Part<>("jwk of a stranger", with("RS256", Map.of("jwk", jwk)), false));
    return headers;
  }

  private static Map<String, Object> with(String algorithm, Map<String, Object> more) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", algorithm);
    header.putAll(more);
    return header;
  }

  private List<Part<byte[]>> keys() {
    List<Part<byte[]>> keys = new ArrayList<>();
    keys.add(new Part<>("our key", key, true));
    keys.add(new Part<>("no signature", new byte[0], false));
    keys.add(new Part<>("an empty key", new byte[1], false));
    keys.add(new Part<>("a key of zeros", new byte[32], false));
    keys.add(new Part<>("the text of our key", Base64.getEncoder().encode(key), false));
    byte[] nearly = key.clone();
    nearly[31] ^= 1;
    keys.add(new Part<>("nearly our key", nearly, false));
    keys.add(new Part<>("a public key", stranger.getPublic().getEncoded(), false));
    for (String example : EXAMPLES) {
      keys.add(new Part<>("the key \"" + example + "\"", example.getBytes(UTF_8), false));
    }
    return keys;
  }

  private List<Part<Object>> claims() {
    long now = Instant.now().getEpochSecond();
    List<Part<Object>> all = new ArrayList<>();
    all.add(new Part<>("our claims", claims, true));
    for (long exp : new long[] {now - 1, now - 59, now - 3600, 0, -1, Long.MIN_VALUE}) {
      all.add(changed("exp", exp));
    }
    for (Object exp : List.of("", "9999999999", List.of(now + 60), true, 9999999999.5, 1e300)) {
      all.add(changed("exp", exp));
    }
    for (Object aud :
        List.of(
            "",
            "fastapi-users:auth",
            "fastapi-users:reset",
            "fastapi-users:verify",
            List.of(),
            List.of("fastapi-users:reset"),
            List.of("another", "fastapi-users:auth"),
            List.of(List.of("fastapi-users:auth")))) {
      all.add(changed("aud", aud));
    }
    for (Object subject :
        List.of("", "admin", 1, "00000000-0000-8000-8000-000000000000", "x' or '1'='1")) {
      all.add(changed("sub", subject));
    }
    for (Object jti : List.of("", "*", "0", "x' or '1'='1", "000000000000000000000000", 5)) {
      all.add(changed("jti", jti));
    }
    otherLogins.forEach(login -> all.add(changed("jti", login)));
    claims.keySet().forEach(name -> all.add(without(name)));
    all.add(changed("nbf", now + 3600));
    all.add(changed("nbf", now + 61));
    all.add(changed("iat", now + 3600));
    all.add(changed("iss", "https://elsewhere.example"));
    all.add(changed("role", "admin"));
    for (String text : List.of("", "{}", "null", "[]", "\"x\"", "{\"sub\":", "\u0000")) {
      all.add(new Part<>("the claims " + text, text, false));
    }
    return all;
  }

  private Part<Object> changed(String name, Object value) {
    Map<String, Object> other = new LinkedHashMap<>(claims);
    other.put(name, value);
    return new Part<>(name + " " + value, other, false);
  }

  private Part<Object> without(String name) {
    Map<String, Object> other = new LinkedHashMap<>(claims);
    other.remove(name);
    return new Part<>("no " + name, other, false);
  }

  /** The good token with characters lost, doubled, changed or added. */
  List<Variant> mangled(Random random, int count) {
    List<Variant> variants = new ArrayList<>(fixed());
    while (variants.size() < count) {
      StringBuilder text = new StringBuilder(good);
      // The last character of a signature holds bits that mean nothing.
      int at = random.nextInt(6) == 0 ? good.length() - 1 : random.nextInt(good.length());
      char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(5)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, other);
        case 2 -> text.setLength(at);
        case 3 -> text.insert(at, "=+/.!~*'".charAt(random.nextInt(8)));
        default -> text.setCharAt(at, other);
      }
      if (!text.toString().equals(good)) {
        variants.add(new Variant("changed at " + at, text::toString, false));
      }
    }
    return variants;
  }

  private List<Variant> fixed() {
    String[] parts = good.split("\\.", -1);
    List<Variant> variants = new ArrayList<>();
    for (String text :
        List.of(
            parts[0] + "." + parts[1],
            parts[0] + "." + parts[1] + ".",
            "." + parts[1] + "." + parts[2],
            parts[0] + ".." + parts[2],
            good + ".",
            good + "=",
            good + "." + good,
            good + ".x.y",
            parts[0] + "." + parts[1] + "." + parts[1],
            good.toUpperCase(Locale.ROOT),
            "{\"payload\":\""
                + parts[1]
                + "\",\"protected\":\""
                + parts[0]
                + "\",\"signature\":\""
                + parts[2]
                + "\"}",
            "\"" + good + "\"",
            "ek_" + good,
            parts[0] + "=." + parts[1] + "." + parts[2],
            URL.encodeToString(good.getBytes(UTF_8)),
            "%" + good,
            ".",
            "..",
            "....",
            "a.b.c.d.e",
            "x".repeat(8000))) {
      variants.add(new Variant("text", () -> text, true));
    }
    return variants;
  }
}
