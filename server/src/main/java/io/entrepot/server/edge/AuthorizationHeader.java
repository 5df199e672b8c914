// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Authenticator;
import io.entrepot.server.identity.Origin;
import io.entrepot.server.identity.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who an {@code Authorization} header stands for, at every door alike:
 *
 * <ul>
 *   <li>{@code Bearer TOKEN}: a JWT or an API key
 *   <li>{@code ASCredentials JSON}: the e-mail address ({@code username}) and the API key ({@code
 *       api_key}) of somebody, as Base64 of a JSON object
 *   <li>{@code ASSession JSON}: likewise, with the {@code session_key} of a login, which is good
 *       only from the address and the {@code ASDevice} that it was given to
 *   <li>{@code basic NAME:KEY}: e-mail address and API key in Base64 each, which is not the scheme
 *       of RFC 7617
 * </ul>
 *
 * The last three are those of the session API's clients.
 */
final class AuthorizationHeader {

  private static final String DEVICE = "ASDevice";

  private final Authenticator authenticator;
  private final JsonMapper json = JsonMapper.shared();

  AuthorizationHeader(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  Optional<SignedIn> who(String header, HttpServletRequest request) {
    int space = header.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String value = header.substring(space + 1).strip();
    return switch (header.substring(0, space).toLowerCase(Locale.ROOT)) {
      case "bearer" -> authenticator.bearer(value, address(request));
      case "ascredentials" -> credentials(value, request);
      case "assession" -> session(value, request);
      case "basic" -> pair(value, request);
      default -> Optional.empty();
    };
  }

  private static String address(HttpServletRequest request) {
    return RequestOrigin.of(request).address();
  }

  private Optional<SignedIn> credentials(String value, HttpServletRequest request) {
    return object(value)
        .flatMap(sent -> keyOf(text(sent, "username"), text(sent, "api_key"), request));
  }

  private Optional<SignedIn> session(String value, HttpServletRequest request) {
    String device = Objects.requireNonNullElse(request.getHeader(DEVICE), "");
    Origin from = new Origin(address(request), device);
    return object(value)
        .flatMap(
            sent ->
                authenticator
                    .sessionKey(text(sent, "session_key"), from)
                    .filter(who -> isOf(who, text(sent, "username"))));
  }

  private Optional<SignedIn> pair(String value, HttpServletRequest request) {
    int colon = value.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    Optional<String> name = decoded(value.substring(0, colon));
    Optional<String> key = decoded(value.substring(colon + 1));
    return name.flatMap(of -> key.flatMap(sent -> keyOf(of, sent, request)));
  }

  private Optional<SignedIn> keyOf(String name, String key, HttpServletRequest request) {
    return authenticator
        .bearer(key, address(request))
        .filter(who -> who.kind() == SignedIn.Kind.API_KEY)
        .filter(who -> isOf(who, name));
  }

  private static boolean isOf(SignedIn who, String name) {
    return who.actor().email().equalsIgnoreCase(name);
  }

  private static String text(JsonNode sent, String field) {
    return sent.path(field).asString("");
  }

  private Optional<JsonNode> object(String value) {
    try {
      return decoded(value).map(json::readTree).filter(JsonNode::isObject);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
  }

  private static Optional<String> decoded(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
