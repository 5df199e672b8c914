// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.jobs.EndedJobs;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.ledger.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The harvest jobs, as somebody may see them: all for an administrator, otherwise those of
 * instruments he has access to.
 */
public final class Runs {

  /** A list is searched no further than this for the runs that are wanted. */
  public static final int LOOKED_AT = 2_000;

  private static final int CHUNK = 100;

  private static final Set<JobState> UNFINISHED =
      Arrays.stream(JobState.values())
          .filter(state -> !state.isFinal())
          .collect(Collectors.toUnmodifiableSet());

  private static final String THING = "run";

  private final Jobs jobs;
  private final Grants grants;

  private final Database database;
  private final AuditTrail audit;

  public Runs(Jobs jobs, Grants grants, Database database, AuditTrail audit) {
    this.jobs = jobs;
    this.grants = grants;
    this.database = database;
    this.audit = audit;
  }

  /** Asks a run to end; see {@link Jobs#cancel}. One that has ended is not said to have been. */
  public Job cancel(Actor actor, Id id) {
    return database.write(
        () -> {
          Job old = run(actor, id);
          Job now = jobs.cancel(old.id(), actor);
          boolean asked = !now.state().isFinal() || now.state() == JobState.CANCELLED;
          if (asked && !old.state().isFinal()) {
            audit.record(actor, AuditTrail.Entry.of("cancel", THING, id));
          }
          return now;
        });
  }

  /** Orders a run like this one, which has ended; see {@link Jobs#retry}. */
  public Job retry(Actor actor, Id id) {
    return database.write(
        () -> {
          Job again = jobs.retry(run(actor, id).id(), actor);
          audit.record(actor, AuditTrail.Entry.of("retry", THING, id));
          return again;
        });
  }

  /** Lets a run go before others that wait, or after them; see {@link Jobs#prioritize}. */
  public Job prioritize(Actor actor, Id id, int priority) {
    return database.write(
        () -> {
          Job old = run(actor, id);
          Job now = jobs.prioritize(old.id(), priority);
          audit.record(
              actor,
              new AuditTrail.Entry(
                  "update",
                  THING,
                  id,
                  Map.of("priority", new Change(old.order().priority(), priority))));
          return now;
        });
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
   * @param before only runs older than this one; null to begin with the newest
   */
  public List<Job> list(Actor actor, @Nullable Id instrument, @Nullable Id before, int limit) {
    String cursor = cursor(before);
    JobFilter filter = JobFilter.kind(HarvestJob.NAME);
    if (instrument != null) {
      boolean visible =
          actor.isAdmin() || grants.instrumentsSeenBy(actor.account()).contains(instrument);
      return visible
          ? jobs.list(filter.about(HarvestOrder.subject(instrument)), cursor, limit).items()
          : List.of();
    }
    return list(actor, filter, cursor, limit);
  }

  /** The newest run of a schedule; whether the caller may see it is checked before. */
  public Optional<Job> lastOf(Id schedule) {
    return jobs.list(JobFilter.kind(HarvestJob.NAME).ofSchedule(schedule), null, 1).items().stream()
        .findFirst();
  }

  private static @Nullable String cursor(@Nullable Id before) {
    return before == null ? null : before.hex();
  }

  private List<Job> list(Actor actor, JobFilter filter, @Nullable String cursor, int limit) {
    if (actor.isAdmin()) {
      return jobs.list(filter, cursor, limit).items();
    }
    List<Job> all = new ArrayList<>();
    for (Id allowed : grants.instrumentsSeenBy(actor.account())) {
      all.addAll(jobs.list(filter.about(HarvestOrder.subject(allowed)), cursor, limit).items());
    }
    all.sort(Comparator.comparing(Job::id).reversed());
    return all.subList(0, Math.min(limit, all.size()));
  }

  /**
   * The runs before one, newest first.
   *
   * @param wanted which of them; as many are looked at as it takes, up to {@link #LOOKED_AT}
   * @param before the run after which to go on; null for the newest
   */
  public Found page(Actor actor, Predicate<Job> wanted, @Nullable Id before, int limit) {
    List<Job> found = new ArrayList<>();
    Id last = before;
    for (int looked = 0; looked < LOOKED_AT; looked += CHUNK) {
      List<Job> chunk = chunk(actor, last);
      for (Job job : chunk) {
        if (found.size() == limit) {
          return new Found(found, last);
        }
        last = job.id();
        if (wanted.test(job)) {
          found.add(job);
        }
      }
      if (chunk.size() < CHUNK) {
        return new Found(found, null);
      }
    }
    return new Found(found, last);
  }

  /**
   * Some runs.
   *
   * @param last the last that was looked at, to go on from; null when there are no more
   */
  public record Found(List<Job> runs, @Nullable Id last) {
    public Found {
      runs = List.copyOf(runs);
    }
  }

  private List<Job> chunk(Actor actor, @Nullable Id before) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME);
    String cursor = cursor(before);
    if (actor.isAdmin()) {
      return jobs.list(filter, cursor, CHUNK).items();
    }
    return grants.instrumentsSeenBy(actor.account()).stream()
        .map(HarvestOrder::subject)
        .flatMap(subject -> jobs.list(filter.about(subject), cursor, CHUNK).items().stream())
        .sorted(Comparator.comparing(Job::id).reversed())
        .limit(CHUNK)
        .toList();
  }

  /** How many runs are in one of these states, counted no further than {@link #LOOKED_AT}. */
  public long count(Actor actor, Set<JobState> states) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME).inStates(states);
    if (actor.isAdmin()) {
      return jobs.count(filter, LOOKED_AT);
    }
    return grants.instrumentsSeenBy(actor.account()).stream()
        .mapToLong(id -> jobs.count(filter.about(HarvestOrder.subject(id)), LOOKED_AT))
        .sum();
  }

  /** The runs that have not ended, newest first. */
  public List<Job> unfinished(Actor actor, int limit) {
    return list(actor, JobFilter.kind(HarvestJob.NAME).inStates(UNFINISHED), null, limit);
  }

  /** How many runs came to an end at or after this time. */
  public EndedJobs ended(Actor actor, Instant since) {
    JobFilter filter = JobFilter.kind(HarvestJob.NAME);
    if (actor.isAdmin()) {
      return jobs.ended(filter, since);
    }
    return grants.instrumentsSeenBy(actor.account()).stream()
        .map(id -> jobs.ended(filter.about(HarvestOrder.subject(id)), since))
        .reduce(new EndedJobs(0, 0), EndedJobs::plus);
  }

  private boolean isVisible(Actor actor, Job job) {
    return actor.isAdmin()
        || grants.instrumentsSeenBy(actor.account()).stream()
            .map(HarvestOrder::subject)
            .anyMatch(subject -> Objects.equals(subject, job.order().subject()));
  }
}
