// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param body as UTF-8; empty for none
 */
public record Call(String method, URI target, Map<String, String> headers, String body) {

  public Call {
    headers = Map.copyOf(headers);
    checkLine(method);
    headers.forEach(
        (name, value) -> {
          checkLine(name);
          checkLine(value);
        });
  }

  /** With a body of this type. */
  public static Call post(URI target, String type, String body) {
    return new Call("POST", target, Map.of("Content-Type", type), body);
  }

  public static Call get(URI target) {
    return new Call("GET", target, Map.of(), "");
  }

  public Call with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Call(method, target, more, body);
  }

  /** A line break would begin a header of somebody else's making. */
  private static void checkLine(String text) {
    if (text.chars().anyMatch(letter -> letter < ' ' && letter != '\t' || letter == 0x7f)) {
      throw new IllegalArgumentException("a control character in a header");
    }
  }

  /**
   * Why a text is no address that can be called, as a sentence; empty when it is one. Whether it
   * may be reached shows only when it is called.
   */
  public static Optional<String> problem(String address) {
    URI uri;
    try {
      uri = new URI(address);
    } catch (URISyntaxException _) {
      return Optional.of("This is not a web address.");
    }
    if (!"https".equalsIgnoreCase(uri.getScheme()) && !"http".equalsIgnoreCase(uri.getScheme())) {
      return Optional.of("A web address here begins with https:// or http://.");
    }
    if (uri.getHost() == null) {
      return Optional.of("The web address names no host.");
    }
    return uri.getRawUserInfo() == null
        ? Optional.empty()
        : Optional.of("A web address here holds no name or password before the host.");
  }
}
