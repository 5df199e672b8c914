// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Who has access to an instrument: to all its files, or where it is set so to its name alone. */
@RestController
class InstrumentAccessController {

  private final Instruments instruments;
  private final Grants grants;
  private final Accounts accounts;

  InstrumentAccessController(Instruments instruments, Grants grants, Accounts accounts) {
    this.instruments = instruments;
    this.grants = grants;
    this.accounts = accounts;
  }

  record AccessWire(
      @JsonProperty("user_id") String userId,
      @JsonProperty("instrument_id") String instrumentId,
      @JsonProperty("granted_at") Instant grantedAt) {

    static AccessWire of(Grants.InstrumentAccess access) {
      return new AccessWire(
          WireIds.text(access.account()), WireIds.text(access.instrument()), access.grantedAt());
    }
  }

  /** What somebody who has access to an instrument may know of it. */
  record MyInstrumentWire(String id, String name, @Nullable String location) {
    static MyInstrumentWire of(Instrument instrument) {
      return new MyInstrumentWire(
          WireIds.text(instrument.id()),
          instrument.name(),
          instrument.settings().about().location());
    }
  }

  @GetMapping("/api/instruments/{id}/access")
  List<AccessWire> list(@PathVariable String id) {
    return grants.ofInstrument(instruments.live(InstrumentController.idOf(id)).id()).stream()
        .map(AccessWire::of)
        .toList();
  }

  @PostMapping("/api/instruments/{id}/access")
  @ResponseStatus(HttpStatus.CREATED)
  AccessWire allow(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id instrument = InstrumentController.idOf(id);
    BodyFields body = Wording.body(bytes);
    Id account = body.requiredId("user_id", "User");
    body.check();
    requireLive(account);
    grants.allowInstrument(actor, account, instruments.live(instrument).id());
    return grants.ofInstrument(instrument).stream()
        .filter(access -> access.account().equals(account))
        .findFirst()
        .map(AccessWire::of)
        .orElseThrow();
  }

  private void requireLive(Id account) {
    if (accounts.find(account).isEmpty()) {
      throw new InvalidFieldsException(
          FieldProblem.dangling("user_id", "User", WireIds.text(account)));
    }
  }

  @DeleteMapping("/api/instruments/{id}/access/{user}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deny(
      @PathVariable String id, @PathVariable String user, @AuthenticationPrincipal Actor actor) {
    grants.denyInstrument(
        actor, PathIds.inPath("user_id", user, "User"), InstrumentController.idOf(id));
  }

  /** As the one above, with the user named in the query. */
  @DeleteMapping("/api/instruments/{id}/access")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void denyNamed(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor) {
    QueryFields query = Wording.query(parameters);
    Id user = query.requiredId("user_id");
    query.check();
    grants.denyInstrument(actor, user, InstrumentController.idOf(id));
  }

  @GetMapping("/api/me/instruments")
  List<MyInstrumentWire> mine(@AuthenticationPrincipal Actor actor) {
    return grants.instrumentsOf(actor.account()).stream()
        .map(instruments::any)
        .map(MyInstrumentWire::of)
        .toList();
  }
}
