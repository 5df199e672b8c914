// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobEvents;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The latest events, kept in a ring that listeners read at their own pace. */
final class EventRing implements JobEvents {

  private static final int SIZE = 4096;

  /** Of the lines that are kept for those who come back: about as much as one log may have. */
  private static final long CHARACTER_LIMIT = LogBuffer.CHARACTER_LIMIT;

  /** Present states told to one that listens to all jobs. */
  private static final int PRESENT_LIMIT = 500;

  private static final Set<JobState> UNFINISHED =
      Set.of(JobState.PENDING, JobState.QUEUED, JobState.RUNNING, JobState.PAUSED);

  private final JobTable jobs;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Deque<JobEvent> ring = new ArrayDeque<>();
  private final AtomicInteger listeners = new AtomicInteger();
  private long characters;
  private long last;
  private long forgotten;
  private boolean closed;

  /**
   * @param first numbers begin above this; it must be higher than any that an earlier life gave
   */
  EventRing(JobTable jobs, long first) {
    this.jobs = jobs;
    this.last = first;
    this.forgotten = first;
  }

  boolean isHeard() {
    return listeners.get() > 0;
  }

  void changed(Job now) {
    add(number -> new JobEvent.Changed(number, now));
  }

  void logged(Id job, List<LogLine> lines) {
    if (!lines.isEmpty()) {
      add(number -> new JobEvent.Logged(number, job, lines));
    }
  }

  private void add(Numbered event) {
    lock.lock();
    try {
      JobEvent added = event.with(++last);
      ring.addLast(added);
      characters += characters(added);
      while (ring.size() > SIZE || (characters > CHARACTER_LIMIT && ring.size() > 1)) {
        JobEvent oldest = ring.removeFirst();
        characters -= characters(oldest);
        forgotten = oldest.number();
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long characters(JobEvent event) {
    return event instanceof JobEvent.Logged(_, _, var lines)
        ? lines.stream().mapToLong(line -> line.text().length()).sum()
        : 0;
  }

  @Override
  public boolean isOver(Id job, long after) {
    Optional<Job> now = jobs.find(job).filter(found -> found.state().isFinal());
    if (now.isEmpty()) {
      return false;
    }
    lock.lock();
    try {
      return after <= last && after >= forgotten && after >= end(now.get());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The number of the event that tells of the end of this job, which has ended. One that was
   * forgotten, or that another node or an earlier life of this one has told, is told anew.
   */
  private long end(Job ended) {
    for (JobEvent event : ring) {
      if (event instanceof JobEvent.Changed(var number, Job now)
          && now.id().equals(ended.id())
          && now.state().isFinal()) {
        return number;
      }
    }
    changed(ended);
    return last;
  }

  /** Ends every listener. */
  void close() {
    lock.lock();
    try {
      closed = true;
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(@Nullable Id job, @Nullable Long after) {
    listeners.incrementAndGet();
    return new Listener(job, after == null ? Long.MIN_VALUE : after);
  }

  private interface Numbered {
    JobEvent with(long number);
  }

  private final class Listener implements Subscription {
    private final @Nullable Id job;
    private long seen;
    private boolean begun;
    private boolean ended;
    private boolean left;

    Listener(@Nullable Id job, long seen) {
      this.job = job;
      this.seen = seen;
    }

    @Override
    public List<JobEvent> next(Duration patience) throws InterruptedException {
      if (!begun && job != null && seen != Long.MIN_VALUE && EventRing.this.isOver(job, seen)) {
        ended = true;
        return List.of();
      }
      begun = true;
      long missedAt = missedAt();
      if (missedAt >= 0) {
        List<JobEvent> news = new ArrayList<>();
        if (seen != Long.MIN_VALUE) {
          // Under the number that was seen: one that is cut off here hears of the gap once more.
          news.add(new JobEvent.Gap(seen, job));
        }
        seen = missedAt;
        news.addAll(present(missedAt));
        return noting(news);
      }
      return noting(await(patience));
    }

    /** The newest number, when this listener is new or fell behind; otherwise -1. */
    private long missedAt() {
      lock.lock();
      try {
        return seen < forgotten || seen > last ? last : -1;
      } finally {
        lock.unlock();
      }
    }

    private List<JobEvent> present(long number) {
      List<Job> now =
          job == null
              ? jobs.list(JobFilter.ALL.inStates(UNFINISHED), null, PRESENT_LIMIT)
              : jobs.find(job).stream().toList();
      return now.stream()
          .sorted(Comparator.comparing(Job::id))
          .map(one -> (JobEvent) new JobEvent.Changed(job == null ? number : at(one, number), one))
          .toList();
    }

    /** Of one job that has ended, it is the number by which its listeners know the end. */
    private long at(Job one, long number) {
      if (!one.state().isFinal()) {
        return number;
      }
      lock.lock();
      try {
        return Math.max(number, end(one));
      } finally {
        lock.unlock();
      }
    }

    private List<JobEvent> await(Duration patience) throws InterruptedException {
      long nanos = patience.toNanos();
      lock.lockInterruptibly();
      try {
        while (true) {
          List<JobEvent> found = unseen();
          if (!found.isEmpty() || nanos <= 0 || closed) {
            return found;
          }
          nanos = news.awaitNanos(Math.min(nanos, TimeUnit.DAYS.toNanos(1)));
        }
      } finally {
        lock.unlock();
      }
    }

    private List<JobEvent> unseen() {
      List<JobEvent> found = new ArrayList<>();
      var newest = ring.descendingIterator();
      while (newest.hasNext()) {
        JobEvent event = newest.next();
        if (event.number() <= seen) {
          break;
        }
        if (job == null || job.equals(event.job())) {
          found.add(event);
        }
      }
      seen = last;
      return found.reversed();
    }

    /** Up to the end of the one job: that it ended may stand there twice, told by two watchers. */
    private List<JobEvent> noting(List<JobEvent> events) {
      for (int i = 0; i < events.size() && job != null; i++) {
        if (events.get(i) instanceof JobEvent.Changed(_, Job now) && now.state().isFinal()) {
          ended = true;
          return events.subList(0, i + 1);
        }
      }
      return events;
    }

    @Override
    public boolean isOver() {
      lock.lock();
      try {
        return closed || ended;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      if (!left) {
        left = true;
        listeners.decrementAndGet();
      }
    }
  }
}
