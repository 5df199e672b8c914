// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentCheck;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.BodyFields;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/instruments}. */
@RestController
@RequestMapping("/api/instruments")
class InstrumentController {

  private final Instruments instruments;
  private final HarvestOrders orders;

  InstrumentController(Instruments instruments, HarvestOrders orders) {
    this.instruments = instruments;
    this.orders = orders;
  }

  @GetMapping
  ListEnvelope<InstrumentWire> list(@RequestParam MultiValueMap<String, String> query) {
    ListRequest request = ListRequest.of(query);
    return ListEnvelope.of(instruments.list(request.slice()), request.paging(), InstrumentWire::of);
  }

  @GetMapping("/{id}")
  InstrumentWire get(@PathVariable String id) {
    return InstrumentWire.of(instruments.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  InstrumentWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    InstrumentDraft draft = InstrumentBody.read(body);
    body.check();
    return InstrumentWire.of(body.judged(() -> instruments.create(actor, draft)));
  }

  @PatchMapping("/{id}")
  InstrumentWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    UnaryOperator<InstrumentDraft> change = InstrumentBody.change(body);
    body.check();
    return InstrumentWire.of(body.judged(() -> instruments.update(actor, which, change)));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    instruments.delete(actor, idOf(id));
  }

  @PostMapping("/{id}/restore")
  InstrumentWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return InstrumentWire.of(
        instruments.restore(actor, PathIds.deleted("instrument_id", id, "Instrument")));
  }

  /** Starts a run of each active schedule of the instrument. */
  @PostMapping("/{id}/harvest")
  Map<String, Object> harvest(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return TriggeredWire.answer(orders.harvestNow(idOf(id), actor));
  }

  /** One step of a connection test. */
  record StepWire(String name, String status, String detail, long millis) {
    static StepWire of(InstrumentCheck.Step step) {
      return new StepWire(
          step.name(), step.good() ? "ok" : "failed", step.detail(), step.took().toMillis());
    }
  }

  @GetMapping("/{id}/test")
  Map<String, Object> test(@PathVariable String id) {
    Instrument instrument = instruments.live(idOf(id));
    List<InstrumentCheck.Step> steps = orders.check(instrument.settings());
    boolean good = steps.stream().allMatch(InstrumentCheck.Step::good);
    return Map.of(
        "status", good ? "ok" : "failed", "steps", steps.stream().map(StepWire::of).toList());
  }

  static Id idOf(String text) {
    return PathIds.inPath("instrument_id", text, "Instrument");
  }
}
