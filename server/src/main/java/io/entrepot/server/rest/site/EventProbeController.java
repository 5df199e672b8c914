// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.site;

import io.entrepot.base.RetryLaterException;
import io.entrepot.server.edge.EventStreams;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Shows whether events get through to a caller as they happen, whatever lies in between. */
@RestController
final class EventProbeController {

  private static final Duration APART = Duration.ofSeconds(1);

  /** More at once than proxies to look through, and few enough to cost nothing. */
  static final int MOST = 32;

  private final EventStreams streams;
  private final Semaphore places = new Semaphore(MOST);

  EventProbeController(EventStreams streams) {
    this.streams = streams;
  }

  @Operation(
      summary = "Two events a second apart; a proxy that collects them delivers both at once",
      operationId = "eventProbe")
  @GetMapping(value = "/health/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events() {
    if (!places.tryAcquire()) {
      throw new RetryLaterException("Others are looking. Ask again in a moment.", APART);
    }
    SseEmitter stream = streams.open();
    streams.send(stream, SseEmitter.event().data("first"));
    streams.later(
        APART,
        () -> {
          places.release();
          if (streams.send(stream, SseEmitter.event().data("last"))) {
            stream.complete();
          }
        });
    return stream;
  }
}
