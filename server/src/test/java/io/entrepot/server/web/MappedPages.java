// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.TestServer;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The pages that a running server answers with, by the patterns of their addresses. */
final class MappedPages {

  private MappedPages() {}

  /** A method that gives the name of a template: all else is a stream or a text. */
  static Set<String> of(TestServer server) {
    return server.part(RequestMappingHandlerMapping.class).getHandlerMethods().entrySet().stream()
        .filter(one -> one.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
        .filter(one -> one.getValue().getMethod().getReturnType() == String.class)
        .flatMap(one -> one.getKey().getPatternValues().stream())
        .filter(pattern -> pattern.startsWith("/ui/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of a picture of the page: {@code instruments-one-access}. */
  static String name(String pattern) {
    String name =
        pattern
            .replaceFirst("^/ui/", "")
            .replaceAll("\\{room:([a-z]*)[^}]*}", "$1")
            .replaceAll("\\{[^}]*}", "one")
            .replaceFirst("/$", "")
            .replace('/', '-');
    return name.isEmpty() ? "home" : name;
  }
}
