// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * One row of the endpoint table.
 *
 * @param methods in upper case; whoever serves GET serves HEAD
 * @param path as controllers write it, with {@code {variables}} and {@code **}
 * @param acts whether also a GET does something, so that it needs what a change needs
 */
public record Endpoint(Set<String> methods, PathPattern path, Access access, boolean acts) {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  /** Families whose clients may send a request again without fear of a second effect. */
  private static final Set<Family> TAKE_KEYS = Set.of(Family.BACKUP, Family.WORKSPACES);

  static Endpoint of(Access access, String methods, String path) {
    return new Endpoint(
        Set.of(methods.split(" ")), PathPatternParser.defaultInstance.parse(path), access, false);
  }

  Endpoint acting() {
    return new Endpoint(methods, path, access, true);
  }

  /** Whether a request of this method is there to look and not to change. */
  static boolean isReading(String method) {
    return READING.contains(method);
  }

  public Family family() {
    return Family.ofPath(path.getPatternString());
  }

  /**
   * Whether a request of this method may carry an {@code Idempotency-Key}. Keys are an account's:
   * where nobody need be signed in there are none.
   */
  public boolean takesIdempotencyKey(String method) {
    return method.equals("POST")
        && serves(method)
        && access != Access.PUBLIC
        && TAKE_KEYS.contains(family());
  }

  boolean covers(PathContainer asked) {
    return path.matches(asked);
  }

  boolean serves(String method) {
    return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
  }
}
