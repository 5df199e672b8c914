// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The same content arrived by two instruments. The store keeps one file for each arrival, so what
 * is one is the content by its digest: the records of both agree on it, version for version, and
 * each has an event of its own for each, which names the way that arrival took and no other's.
 */
public final class TwinStories {

  private final Session session;
  private final int arrivals;
  private final List<String> faults = new ArrayList<>();

  /**
   * @param arrivals how often new content came under each name
   */
  TwinStories(Session session, int arrivals) {
    this.session = session;
    this.arrivals = arrivals;
  }

  /** What is wrong with the records of these names; nothing, as it should be. */
  List<String> faults() {
    Map<String, List<JsonNode>> byName = new HashMap<>();
    for (JsonNode file : session.get("/api/files")) {
      byName.computeIfAbsent(file.path("source_path").asString(), _ -> new ArrayList<>()).add(file);
    }
    byName.forEach(this::compare);
    return faults;
  }

  private void compare(String name, List<JsonNode> twins) {
    Set<List<String>> contents = new HashSet<>();
    Set<String> ways = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (JsonNode twin : twins) {
      List<String> copied = new ArrayList<>();
      JsonNode story = session.get("/api/files/" + twin.path("id").asString() + "/custody");
      for (JsonNode entry : story.path("entries")) {
        if (entry.path("event").asString().equals("copied")) {
          copied.add(entry.path("version").asInt() + " " + entry.path("sha256").asString());
          ways.add(entry.path("from").asString() + " > " + entry.path("to").asString());
        }
      }
      contents.add(copied.stream().sorted().toList());
      names.add(story.path("persistent_id").asString());
      if (copied.size() != arrivals) {
        faults.add("%s: %d events of %d arrivals".formatted(name, copied.size(), arrivals));
      }
    }
    if (contents.size() != 1) {
      faults.add(name + ": the records do not agree on what arrived: " + contents);
    }
    if (ways.size() != twins.size() * arrivals || !ways.stream().allMatch(w -> w.contains(name))) {
      faults.add(name + ": the events do not each name a way of their own: " + ways);
    }
    if (names.size() != twins.size()) {
      faults.add(name + ": two records have one permanent name: " + names);
    }
  }
}
