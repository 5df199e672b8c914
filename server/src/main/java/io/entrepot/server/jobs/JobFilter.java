// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list; null or empty lets all pass.
 *
 * @param kinds any of these
 * @param states any of these
 */
public record JobFilter(
    Set<String> kinds, Set<JobState> states, @Nullable String subject, @Nullable Id schedule) {

  public static final JobFilter ALL = new JobFilter(Set.of(), Set.of(), null, null);

  public JobFilter {
    kinds = Set.copyOf(kinds);
    states = Set.copyOf(states);
  }

  public static JobFilter kind(String kind) {
    return new JobFilter(Set.of(kind), Set.of(), null, null);
  }

  public JobFilter inStates(Set<JobState> wanted) {
    return new JobFilter(kinds, wanted, subject, schedule);
  }

  public JobFilter about(String wanted) {
    return new JobFilter(kinds, states, wanted, schedule);
  }

  public JobFilter ofSchedule(Id wanted) {
    return new JobFilter(kinds, states, subject, wanted);
  }
}
