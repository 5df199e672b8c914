// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobEvents;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/** News of jobs as event streams; each door gives the events its own form. */
@Component
public final class JobStreams {

  /** How soon a listener whose caller has gone is let go of. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final JobEvents events;
  private final EventStreams streams;

  public JobStreams(JobEvents events, EventStreams streams) {
    this.events = events;
    this.streams = streams;
  }

  /**
   * A stream of what happens to one job, or to all. Each event carries its number as its id. The
   * stream of one job ends after the event that tells of the job's end.
   *
   * @param job null for all
   * @param lastEventId as the caller's header says; null for a new caller, who first gets the
   *     present state
   * @param form name and data of an event
   * @param after what is done once nobody listens to this stream any more
   * @return empty when the caller has heard of the job's end and nothing more will come
   */
  public Optional<SseEmitter> open(
      @Nullable Id job,
      @Nullable Long lastEventId,
      Function<JobEvent, SseEventBuilder> form,
      Runnable after) {
    if (job != null && lastEventId != null && events.isOver(job, lastEventId)) {
      return Optional.empty();
    }
    SseEmitter stream = streams.open();
    AtomicBoolean gone = new AtomicBoolean();
    stream.onCompletion(() -> gone.set(true));
    stream.onError(_ -> gone.set(true));
    JobEvents.Subscription heard = events.subscribe(job, lastEventId);
    Thread.ofVirtual()
        .name("job-stream")
        .start(() -> listen(heard, stream, new Listener(gone, form, after)));
    return Optional.of(stream);
  }

  /**
   * @param gone whether the caller is known to have left
   */
  private record Listener(
      AtomicBoolean gone, Function<JobEvent, SseEventBuilder> form, Runnable after) {}

  private void listen(JobEvents.Subscription heard, SseEmitter stream, Listener listener) {
    try {
      pass(heard, stream, listener);
    } finally {
      listener.after().run();
    }
  }

  private void pass(JobEvents.Subscription heard, SseEmitter stream, Listener listener) {
    try (heard) {
      while (!listener.gone().get()) {
        for (JobEvent event : heard.next(PATIENCE)) {
          String number = Long.toString(event.number());
          if (!streams.send(stream, listener.form().apply(event).id(number))) {
            return;
          }
        }
        if (heard.isOver()) {
          stream.complete();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.complete();
    } catch (RuntimeException e) {
      stream.completeWithError(e);
    }
  }
}
