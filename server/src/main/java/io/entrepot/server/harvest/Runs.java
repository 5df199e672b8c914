// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.Jobs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The harvest jobs, as somebody may see them: all for an administrator, otherwise those of
 * instruments he has access to.
 */
public final class Runs {

  private final Jobs jobs;
  private final Grants grants;

  public Runs(Jobs jobs, Grants grants) {
    this.jobs = jobs;
    this.grants = grants;
  }

  /**
   * @throws NotFoundException also when it exists and the actor may not see it
   */
  public Job run(Actor actor, Id id) {
    return jobs.find(id)
        .filter(job -> job.kind().equals(HarvestJob.NAME) && isVisible(actor, job))
        .orElseThrow(() -> new NotFoundException("Run"));
  }

  /**
   * Newest first.
   *
   * @param instrument only runs of this one; null for all
   */
  public List<Job> list(Actor actor, @Nullable Id instrument, int limit) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME);
    if (instrument != null) {
      boolean visible =
          actor.isAdmin() || grants.instrumentsOf(actor.account()).contains(instrument);
      return visible
          ? jobs.list(filter.about(HarvestOrder.subject(instrument)), null, limit).items()
          : List.of();
    }
    if (actor.isAdmin()) {
      return jobs.list(filter, null, limit).items();
    }
    List<Job> all = new ArrayList<>();
    for (Id allowed : grants.instrumentsOf(actor.account())) {
      all.addAll(jobs.list(filter.about(HarvestOrder.subject(allowed)), null, limit).items());
    }
    all.sort(Comparator.comparing(Job::id).reversed());
    return all.subList(0, Math.min(limit, all.size()));
  }

  private boolean isVisible(Actor actor, Job job) {
    return actor.isAdmin()
        || grants.instrumentsOf(actor.account()).stream()
            .map(HarvestOrder::subject)
            .anyMatch(subject -> Objects.equals(subject, job.order().subject()));
  }
}
