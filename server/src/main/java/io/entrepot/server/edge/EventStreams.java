// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
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

  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private final Set<SseEmitter> open = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("event-streams").factory());

  private volatile boolean running;

  /** A stream without a time limit. It is forgotten by itself when it ends, however it ends. */
  public SseEmitter open() {
    SseEmitter stream = new SseEmitter(0L);
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
    if (running) {
      var _ = heart.schedule(act, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** How many streams are open now. */
  public int count() {
    return open.size();
  }

  private void beat() {
    open.forEach(stream -> send(stream, SseEmitter.event().comment("")));
  }

  @Override
  public void start() {
    running = true;
    heart.scheduleAtFixedRate(
        this::beat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void stop() {
    running = false;
    heart.shutdownNow();
    open.forEach(SseEmitter::complete);
    open.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The last to start is the first to stop. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
