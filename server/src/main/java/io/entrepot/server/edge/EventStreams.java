// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.rounds.Rounds;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The open event streams of this server.
 *
 * <p>A comment is sent on each every 15 seconds, which finds callers that have gone; all are ended
 * when the server stops, before it waits for requests in flight.
 */
@Component
public final class EventStreams implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();

  /** Those whose last comment is still on its way. */
  private final Set<SseEmitter> beaten = ConcurrentHashMap.newKeySet();

  private final Rounds heart = new Rounds("event-streams", Duration.ZERO, LOG);

  /** It has no time limit, and tells a proxy to pass each event on when it comes. */
  private static final class Unbuffered extends SseEmitter {
    Unbuffered() {
      super(0L);
    }

    @Override
    protected void extendResponse(ServerHttpResponse response) {
      super.extendResponse(response);
      response.getHeaders().set("X-Accel-Buffering", "no");
    }
  }

  /** A stream without a time limit. It is forgotten by itself when it ends, however it ends. */
  public SseEmitter open() {
    SseEmitter stream = new Unbuffered();
    stream.onCompletion(() -> open.remove(stream));
    stream.onError(_ -> open.remove(stream));
    open.add(stream);
    return stream;
  }

  /**
   * Sends one event.
   *
   * @return false when the caller has gone; the stream is ended then
   */
  public boolean send(SseEmitter stream, SseEmitter.SseEventBuilder event) {
    try {
      stream.send(event);
      return true;
    } catch (IOException | IllegalStateException gone) {
      open.remove(stream);
      // Without this the request would be kept for ever, and a graceful stop would wait for it.
      stream.completeWithError(gone);
      return false;
    }
  }

  /** Does this after a while; not at all when the server stops before. It must be short. */
  public void later(Duration delay, Runnable act) {
    heart.later(delay, act);
  }

  /** How many streams are open now. */
  public int count() {
    return open.size();
  }

  /** A caller that reads no more holds up its own comment, and nobody else's. */
  private void beat() {
    for (SseEmitter stream : open) {
      if (beaten.add(stream)) {
        Thread.startVirtualThread(() -> beat(stream));
      }
    }
  }

  private void beat(SseEmitter stream) {
    try {
      send(stream, SseEmitter.event().comment(""));
    } finally {
      beaten.remove(stream);
    }
  }

  @Override
  public void start() {
    heart.start();
    heart.every(HEARTBEAT, HEARTBEAT, "Callers that have gone were not looked for.", this::beat);
  }

  @Override
  public void stop() {
    heart.stop();
    open.forEach(SseEmitter::complete);
    open.clear();
  }

  @Override
  public boolean isRunning() {
    return heart.isRunning();
  }

  /** The last to start is the first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
