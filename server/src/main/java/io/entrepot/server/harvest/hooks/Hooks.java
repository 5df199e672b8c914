// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.TextLimits;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.identity.SoftDeletion;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.places.PlaceTools;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The hooks: made, changed, deleted and restored by administrators. */
public final class Hooks {

  private static final String KIND = "hook";
  private static final String THING = "Hook";

  /** And the same below zero; room for everybody, and sums of two stay numbers. */
  public static final int HIGHEST_PRIORITY = 1_000_000;

  /** In characters. */
  private static final int ADDRESS_LIMIT = 2048;

  /** Nothing is wrong with this one; what is sent of a hook is laid over it. */
  private static final HookDraft NOTHING =
      new HookDraft(
          THING,
          null,
          HookDraft.Point.PRE_TRANSFER,
          new HookDraft.Action(HookDraft.Implementation.BUILTIN, null, null, null),
          null,
          null,
          0,
          false);

  private final Database database;
  private final HookTable table;
  private final Instruments instruments;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final SoftDeletion<Hook> deletion;

  public Hooks(Database database, Instruments instruments, PlaceTools tools) {
    this.database = database;
    this.table = new HookTable(database);
    this.instruments = instruments;
    this.ids = tools.ids();
    this.clock = tools.clock();
    this.audit = tools.audit();
    this.deletion =
        new SoftDeletion<>(new SoftDeletion.Kind(THING, KIND), table, database, clock, audit);
  }

  /**
   * @throws InvalidFieldsException when what it should run is missing or unknown, or its settings
   *     cannot be used
   */
  public Hook create(Actor by, HookDraft draft) {
    Hook made = new Hook(ids.next(), draft, null);
    database.write(
        () -> {
          check(draft, null);
          table.insert(made, clock.instant());
          audit(by, "create", made.id(), Change.between(Map.of(), made.facts()));
        });
    return made;
  }

  /**
   * @param change makes the new settings of the present ones; nobody changes these meanwhile
   * @throws InvalidFieldsException as {@link #create}
   * @throws NotFoundException when there is none, or it was deleted
   */
  public Hook update(Actor by, Id id, UnaryOperator<HookDraft> change) {
    return database.write(
        () -> {
          database.hold("hook", id);
          Hook old = deletion.find(id).orElseThrow(() -> noSuch(change));
          HookDraft draft = change.apply(old.settings());
          check(draft, old.settings());
          Hook changed = new Hook(id, draft, null);
          table.update(changed);
          audit(by, "update", id, Change.between(old.facts(), changed.facts()));
          return changed;
        });
  }

  /** What is wrong in itself is told before that there is no such hook. */
  private static NotFoundException noSuch(UnaryOperator<HookDraft> change) {
    HookDraft sent = change.apply(NOTHING);
    Optional<Builtin> named = Builtin.ofWord(sent.action().builtinName());
    if (sent.action().implementation() == HookDraft.Implementation.BUILTIN) {
      named.map(List::of).orElse(List.of(Builtin.values())).forEach(it -> it.check(sent.config()));
    }
    return new NotFoundException(THING);
  }

  public void delete(Actor by, Id id) {
    deletion.delete(by, id);
  }

  /** Brings a deleted one back, still switched off. */
  public Hook restore(Actor by, Id id) {
    return deletion.restore(by, id);
  }

  public Hook live(Id id) {
    return deletion.live(id);
  }

  /** Oldest first. */
  public Slice.Part<Hook> list(Slice slice) {
    return table.list(slice);
  }

  /** Tries a hook on a file that need not exist; nothing is changed. */
  public HookTrial test(Id id, HookSubject file) {
    return HookTrial.of(live(id), file);
  }

  /** The hooks in force for files of this instrument, ready to be asked. */
  public HookChain chain(Id instrument) {
    return new HookChain(table.inForce(instrument));
  }

  /**
   * @param present what it was until now; what that pointed to need not be there any more
   */
  private void check(HookDraft draft, @Nullable HookDraft present) {
    Id instrument = draft.instrument();
    if (instrument != null && isNewly(draft, present) && !instruments.hold(instrument)) {
      throw new InvalidFieldsException(
          FieldProblem.dangling("instrument_id", "Instrument", instrument.toUuid()));
    }
    HookDraft.Action action = draft.action();
    new TextLimits()
        .line("name", draft.name())
        .prose("description", draft.description())
        .line("builtin_name", action.builtinName())
        .path("script_path", action.scriptPath())
        .atMost("webhook_url", action.webhookUrl(), ADDRESS_LIMIT)
        .check();
    if (Math.abs(draft.priority()) > HIGHEST_PRIORITY) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "priority",
              "value_error",
              "A priority lies between -%1$d and %1$d".formatted(HIGHEST_PRIORITY),
              draft.priority()));
    }
    switch (action.implementation()) {
      case BUILTIN -> checkBuiltin(draft, present);
      case PYTHON_SCRIPT -> present("script_path", action.scriptPath());
      case HTTP_WEBHOOK -> present("webhook_url", action.webhookUrl());
    }
  }

  /** Whether an instrument is pointed to, or the hook put to work for it, that was not before. */
  private static boolean isNewly(HookDraft draft, @Nullable HookDraft present) {
    return present == null
        || (draft.enabled() && !present.enabled())
        || !Objects.equals(draft.instrument(), present.instrument());
  }

  private static void checkBuiltin(HookDraft draft, @Nullable HookDraft present) {
    String name = draft.action().builtinName();
    Optional<Builtin> builtin = Builtin.ofWord(name);
    if (builtin.isEmpty()) {
      List<String> words = List.of(Builtin.values()).stream().map(Builtin::word).toList();
      throw new InvalidFieldsException(
          new FieldProblem(
              List.of("builtin_name"),
              "enum",
              "Input should be one of " + String.join(", ", words),
              name,
              Map.of("expected", String.join(", ", words))));
    }
    if (builtin.get().point() != draft.point()) {
      throw new InvalidFieldsException(
          FieldProblem.of(
              "trigger",
              "value_error",
              name + " is a " + builtin.get().point().word() + " hook",
              draft.point().word()));
    }
    // What an earlier release took is not held against a change of something else.
    boolean asBefore =
        present != null
            && draft.action().equals(present.action())
            && Objects.equals(draft.config(), present.config());
    if (asBefore) {
      builtin.get().check(draft.config());
    } else {
      builtin.get().checkNew(draft.config());
    }
  }

  private static void present(String field, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new InvalidFieldsException(FieldProblem.missing(field));
    }
  }

  private void audit(Actor by, String action, Id id, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, KIND, id, changes));
  }
}
