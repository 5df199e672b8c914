// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a browser or program calls itself, in the few words that people use for it. */
final class Device {

  /** The first that is found counts: each browser also names those it descends from. */
  private static final Map<String, String> PROGRAMS =
      ordered(
          "Edg/",
          "Edge",
          "OPR/",
          "Opera",
          "Firefox/",
          "Firefox",
          "Chrome/",
          "Chrome",
          "Safari/",
          "Safari");

  private static final Map<String, String> SYSTEMS =
      ordered(
          "iPhone",
          "an iPhone",
          "iPad",
          "an iPad",
          "Android",
          "Android",
          "Windows",
          "Windows",
          "Mac OS X",
          "macOS",
          "Linux",
          "Linux");

  private Device() {}

  static String words(String agent) {
    String program = PROGRAMS.getOrDefault(first(agent, PROGRAMS), bare(agent));
    String system = SYSTEMS.getOrDefault(first(agent, SYSTEMS), "");
    return system.isEmpty() ? program : program + " on " + system;
  }

  private static String first(String agent, Map<String, String> marks) {
    return marks.keySet().stream().filter(agent::contains).findFirst().orElse("");
  }

  /** As programs name themselves: up to the version. */
  private static String bare(String agent) {
    String name = agent.strip().split("[/ ]", 2)[0];
    return name.isEmpty() ? "A program without a name" : name;
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
