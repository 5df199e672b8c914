// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.Schedule;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What rules call a schedule and what its runs are about. */
final class Things {

  private static final Pattern BY_ID = Pattern.compile("[0-9a-f]{24}");

  private Things() {}

  static Set<String> of(Schedule schedule) {
    Set<String> things = new LinkedHashSet<>();
    things.add("schedule:" + schedule.id().toUuid());
    String subject = schedule.order().subject();
    if (subject != null) {
      things.add(shown(subject));
    }
    return things;
  }

  /** A subject ends in an id as it is kept; rules have it as the API shows it. */
  private static String shown(String subject) {
    int id = subject.indexOf(':') + 1;
    String kept = subject.substring(id);
    return BY_ID.matcher(kept).matches()
        ? subject.substring(0, id) + new Id(kept).toUuid()
        : subject;
  }
}
