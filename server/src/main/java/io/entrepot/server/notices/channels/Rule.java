// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.Set;

/**
 * What a channel hears.
 *
 * @param from nothing that matters less
 * @param events nothing but these; empty for any
 * @param things nothing but what happened to these; empty for any
 */
public record Rule(Severity from, Set<String> events, Set<String> things) {

  /** What a channel hears unless it is told otherwise. */
  public static final Rule FAILURES = new Rule(Severity.FAILURE, Set.of(), Set.of());

  public Rule {
    events = Set.copyOf(events);
    things = Set.copyOf(things);
  }

  boolean admits(Announcement what) {
    return what.severity().compareTo(from) >= 0
        && (events.isEmpty() || events.contains(what.event()))
        && isAbout(what.things());
  }

  /** Whether one of these is wanted. */
  boolean isAbout(Set<String> happenedTo) {
    return things.isEmpty() || happenedTo.stream().anyMatch(things::contains);
  }
}
