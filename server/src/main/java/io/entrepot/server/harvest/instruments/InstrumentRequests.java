// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.InstrumentRequest.Status;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.notices.mail.MailedNotices;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Requests for instruments: anybody makes them, administrators decide, both are told. */
public final class InstrumentRequests {

  private static final String KIND = "instrument_request";

  /** Each is told to every administrator, by mail too. */
  private static final int OPEN_AT_MOST = 10;

  private static final String LINK = "/api/instrument-requests/";

  private final Database database;
  private final InstrumentRequestTable table;
  private final MailedNotices notices;
  private final Accounts accounts;
  private final Tools tools;

  /** What this service works with besides its table. */
  public record Tools(IdSource ids, InstantSource clock, AuditTrail audit) {}

  /** What administrators say to a request. */
  public record Decision(Status status, @Nullable String notes) {}

  public InstrumentRequests(
      Database database, MailedNotices notices, Accounts accounts, Tools tools) {
    this.database = database;
    this.table = new InstrumentRequestTable(database);
    this.notices = notices;
    this.accounts = accounts;
    this.tools = tools;
  }

  /**
   * Notes a request and tells the administrators.
   *
   * @throws EntrepotException {@code CONFLICT_STATE} where many of this account are undecided
   */
  public InstrumentRequest create(Actor by, InstrumentRequest.Wish wish) {
    Instant now = tools.clock().instant();
    InstrumentRequest made =
        new InstrumentRequest(
            tools.ids().next(), by.account(), wish, Status.PENDING, null, now, now);
    database.write(
        () -> {
          database.hold("account", by.account());
          refuseMany(by);
          table.insert(made);
          audit(by, "create", made.id(), Change.between(Map.of(), facts(made)));
          String message = by.email() + " asks for the instrument \"" + wish.name() + "\".";
          notices.tell(accounts.administrators(), draft(made, "New instrument request", message));
        });
    return made;
  }

  private void refuseMany(Actor by) {
    if (table.undecided(by.account()) >= OPEN_AT_MOST) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE,
          "Already %d requests of yours wait for a decision. Ask again when one was decided."
              .formatted(OPEN_AT_MOST));
    }
  }

  /**
   * Decides, or only notes something, and tells the one who asked when the status changed.
   *
   * @param change makes the new decision of the present one; nobody changes it meanwhile
   */
  public InstrumentRequest update(Actor by, Id id, UnaryOperator<Decision> change) {
    return database.write(
        () -> {
          database.hold("instrument_request", id);
          InstrumentRequest old = find(id);
          Decision now = change.apply(new Decision(old.status(), old.adminNotes()));
          InstrumentRequest changed =
              new InstrumentRequest(
                  id,
                  old.requester(),
                  old.wish(),
                  now.status(),
                  now.notes(),
                  old.createdAt(),
                  tools.clock().instant());
          table.update(changed);
          audit(by, "update", id, Change.between(facts(old), facts(changed)));
          if (changed.status() != old.status()) {
            notices.tell(List.of(old.requester()), decision(changed));
          }
          return changed;
        });
  }

  /** One's own, or any for an administrator. */
  public InstrumentRequest visible(Actor actor, Id id) {
    InstrumentRequest found = find(id);
    if (!actor.isAdmin() && !found.requester().equals(actor.account())) {
      throw new NotFoundException("Request");
    }
    return found;
  }

  /** One's own, or all for an administrator; oldest first. */
  public Slice.Part<InstrumentRequest> list(Actor actor, Slice slice) {
    return table.list(actor.isAdmin() ? null : actor.account(), slice);
  }

  private InstrumentRequest find(Id id) {
    return table.find(id).orElseThrow(() -> new NotFoundException("Request"));
  }

  private static Map<String, @Nullable Object> facts(InstrumentRequest request) {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("name", request.wish().name());
    facts.put("status", request.status().word());
    facts.put("admin_notes", request.adminNotes());
    return facts;
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    tools.audit().record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }

  private static Notice.Draft decision(InstrumentRequest request) {
    String message =
        "Your request for the instrument \""
            + request.wish().name()
            + "\" is "
            + request.status().word()
            + ". "
            + Objects.requireNonNullElse(request.adminNotes(), "");
    return draft(request, "Instrument request " + request.status().word(), message.strip());
  }

  private static Notice.Draft draft(InstrumentRequest request, String title, String message) {
    return new Notice.Draft(KIND, title, message, LINK + request.id().toUuid());
  }
}
