// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import static java.util.Objects.requireNonNull;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.AuditCodec;
import io.entrepot.custody.AuditEntry;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.custody.AuditEntry.Person;
import io.entrepot.custody.EntryContent;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.metrics.MetricText;
import io.entrepot.server.metrics.TimeTaken;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The audit stream: who did what to which entity, when and from where. */
public final class AuditLog implements MetricSource {

  private static final long COUNT_LIMIT = 10_001;

  private final Database database;
  private final LedgerTable table;
  private final IdSource ids;
  private final InstantSource clock;
  private final TimeTaken appending;
  private final List<Consumer<Entity>> readers = new CopyOnWriteArrayList<>();

  public AuditLog(Database database, IdSource ids, InstantSource clock) {
    this.database = database;
    this.table = new LedgerTable(database);
    this.ids = ids;
    this.clock = clock;
    this.appending = new TimeTaken(clock);
  }

  /**
   * Records what the caller's transaction does; commits and vanishes with it.
   *
   * @param action create, update, delete, restore, …
   * @param changes by field; the values of fields whose name sounds like a secret are masked
   * @throws IllegalStateException outside a transaction
   */
  public void append(Person actor, String action, Entity entity, Map<String, Change> changes) {
    appending.by(
        () -> {
          insert(actor, action, entity, changes);
          return true;
        });
  }

  private void insert(Person actor, String action, Entity entity, Map<String, Change> changes) {
    String json = requireNonNull(Json.text(SecretMask.json(changes)));
    EntryContent content =
        AuditCodec.encode(new AuditEntry(clock.instant(), action, entity, actor, json));
    database.afterCommit(() -> readers.forEach(reader -> reader.accept(entity)));
    if (actor.account().isEmpty()) {
      table.insert(AuditEntry.STREAM, List.of(content), ids::next);
    } else {
      table.insert(AuditEntry.STREAM, ids.next(), content, new Id(actor.account()));
    }
  }

  /** Has somebody hear, once it is committed here, what each entry is about. */
  public void onEntry(Consumer<Entity> reader) {
    readers.add(reader);
  }

  @Override
  public void write(MetricText out) {
    appending.write(
        out.summary("entrepot_audit_seconds", "How long it took to write down what somebody did."));
  }

  /**
   * Newest first, unless the slice has them the other way, the ones not sealed yet included. Those
   * that no index holds apart are counted no further than that there are many.
   */
  public Slice.Part<AuditRecord> list(AuditFilter filter, Slice slice) {
    StringBuilder where = new StringBuilder("from ledger_entry where stream = ?");
    List<Object> parameters = new ArrayList<>(List.of(AuditEntry.STREAM));
    conditions(filter, where, parameters);
    long most = isCountedFast(filter) ? Long.MAX_VALUE : COUNT_LIMIT;
    long total = count(where, parameters, most);
    parameters.add(slice.limit());
    parameters.add(slice.skip());
    boolean oldestFirst = !slice.order().isEmpty() && !slice.order().getFirst().descending();
    String order = oldestFirst ? " order by id" : " order by id desc";
    List<AuditRecord> found = read(where + order + " limit ? offset ?", parameters);
    return total < most ? new Slice.Part<>(found, total) : new Slice.Part<>(found, most - 1, false);
  }

  /** Of what an index holds apart, it is enough to count there. */
  private static boolean isCountedFast(AuditFilter filter) {
    AuditFilter.Thing thing = filter.thing();
    boolean byOneIndex =
        filter.action() == null && filter.since() == null && filter.until() == null;
    return byOneIndex && (thing == null || (thing.id() != null && filter.actor() == null));
  }

  private long count(CharSequence where, List<Object> parameters, long most) {
    List<Object> limited = new ArrayList<>(parameters);
    limited.add(most);
    return database
        .sql("select count(*) from (select 1 " + where + " limit ?) counted")
        .params(limited)
        .query(Long.class)
        .single();
  }

  /**
   * As {@link #list}, for whoever goes through all of them: newest first, and nothing that is
   * written meanwhile moves the others.
   *
   * @param before the last one of those had already; null for the newest
   */
  public List<AuditRecord> older(AuditFilter filter, @Nullable Id before, int limit) {
    StringBuilder where = new StringBuilder("from ledger_entry where stream = ?");
    List<Object> parameters = new ArrayList<>(List.of(AuditEntry.STREAM));
    conditions(filter, where, parameters);
    if (before != null) {
      where.append(" and id < ?");
      parameters.add(before.hex());
    }
    parameters.add(limit);
    return read(where + " order by id desc limit ?", parameters);
  }

  private List<AuditRecord> read(String which, List<Object> parameters) {
    return database
        .sql("select id, time, kind, subject, payload, sequence " + which)
        .params(parameters)
        .query(LedgerTable::row)
        .list()
        .stream()
        .map(row -> new AuditRecord(row.id(), row.sequence(), AuditCodec.decode(row.content())))
        .toList();
  }

  private static void conditions(AuditFilter filter, StringBuilder where, List<Object> parameters) {
    AuditFilter.Thing thing = filter.thing();
    if (thing != null && thing.id() != null) {
      where.append(" and subject = ?");
      parameters.add(new Entity(thing.type(), thing.id().hex()).subject());
    } else if (thing != null) {
      where.append(" and subject >= ? and subject < ?");
      parameters.add(thing.type() + ":");
      parameters.add(thing.type() + ";");
    }
    if (filter.action() != null) {
      where.append(" and kind = ?");
      parameters.add(filter.action());
    }
    if (filter.actor() != null) {
      where.append(" and actor = ?");
      parameters.add(filter.actor().hex());
    }
    if (filter.since() != null) {
      where.append(" and time >= ?");
      parameters.add(Micros.of(filter.since()));
    }
    if (filter.until() != null) {
      where.append(" and time < ?");
      parameters.add(Micros.of(filter.until()));
    }
  }
}
