// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.util.List;

/** Whether the program has all its pages and what they need, fonts of the browser aside. */
final class AssetsCheck implements Check {

  /** One of each kind: a jar that was cut short, or packed without a folder, lacks one of them. */
  static final List<String> NEEDED =
      List.of(
          "templates/layout.html",
          "templates/home.html",
          "templates/login.html",
          "static/ui/assets/tokens.css",
          "static/ui/assets/components.css",
          "static/ui/assets/pages.css",
          "static/ui/assets/icons.svg",
          "static/ui/assets/mark.svg",
          "static/ui/assets/live.js",
          "static/ui/assets/times.js",
          "static/ui/assets/keys.js",
          "static/docs/assets/docs.css",
          "documentation/docs.html",
          "documentation/redoc.html",
          "META-INF/maven/org.webjars.npm/htmx.org/pom.properties",
          "META-INF/maven/org.webjars.npm/redoc/pom.properties",
          "META-INF/maven/org.webjars/swagger-ui/pom.properties");

  private final ClassLoader classes;

  AssetsCheck(ClassLoader classes) {
    this.classes = classes;
  }

  @Override
  public String name() {
    return "fonts and assets";
  }

  @Override
  public Outcome look() {
    List<String> missing =
        NEEDED.stream().filter(name -> classes.getResource(name) == null).toList();
    return missing.isEmpty()
        ? Outcome.well()
        : Outcome.fault(
            "the program lacks " + String.join(", ", missing),
            "remove dist/server and start again with ./entrepot up, which builds it anew");
  }
}
