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
 */
public record Endpoint(Set<String> methods, PathPattern path, Access access) {

  static Endpoint of(Access access, String methods, String path) {
    return new Endpoint(
        Set.of(methods.split(" ")), PathPatternParser.defaultInstance.parse(path), access);
  }

  public Family family() {
    return Family.ofPath(path.getPatternString());
  }

  boolean covers(PathContainer asked) {
    return path.matches(asked);
  }

  boolean serves(String method) {
    return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
  }
}
