// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.edge.EventStreams;
import io.entrepot.server.harvest.instruments.InstrumentCheck;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.places.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;

/**
 * Connection tests that are watched: each step is shown when it was made. A test whose watcher has
 * gone makes no further step.
 */
@Component
final class ConnectionTests {

  private final HarvestOrders orders;
  private final EventStreams streams;
  private final SpringTemplateEngine templates;

  ConnectionTests(HarvestOrders orders, EventStreams streams, SpringTemplateEngine templates) {
    this.orders = orders;
    this.streams = streams;
    this.templates = templates;
  }

  /**
   * @param draft what is to be reached; its refusal is shown as a step that failed
   */
  SseEmitter watch(Supplier<InstrumentDraft> draft) {
    SseEmitter stream = streams.open();
    Thread test = Thread.ofVirtual().name("connection-test").unstarted(() -> make(draft, stream));
    stream.onError(_ -> test.interrupt());
    test.start();
    return stream;
  }

  private void make(Supplier<InstrumentDraft> draft, SseEmitter stream) {
    List<InstrumentCheck.Step> made = new ArrayList<>();
    try {
      InstrumentDraft tried = draft.get();
      Transport transport = tried.transport();
      send(stream, Checked.soFar(made, transport));
      List<InstrumentCheck.Step> all =
          orders.check(
              tried,
              step -> {
                made.add(step);
                return send(stream, Checked.soFar(made, transport));
              });
      send(stream, Checked.of(all, transport));
    } catch (EntrepotException e) {
      send(stream, Checked.single("Read the form", false, String.valueOf(e.getMessage())));
    } finally {
      stream.complete();
    }
  }

  /** False when nobody watches any more. */
  private boolean send(SseEmitter stream, Checked now) {
    Context context = new Context(Locale.ENGLISH);
    context.setVariable("checked", now);
    String part = templates.process("parts", Set.of("steps"), context);
    return streams.send(stream, SseEmitter.event().name("steps").data(part));
  }
}
