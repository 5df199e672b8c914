// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.settings.EntrepotSettings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Who may see a single file, and who may see all files of an instrument. */
public final class Grants {

  /** Somebody who has access to an instrument. */
  public record InstrumentAccess(Id account, Id instrument, Instant grantedAt) {}

  private static final String THING = "Grant";
  private static final String GRANTEE = "grantee";
  private static final String FILE = "file";
  private static final String INSTRUMENT = "instrument";

  private final Database database;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;
  private final EntrepotSettings.InstrumentAccess access;

  public Grants(
      Database database,
      IdSource ids,
      InstantSource clock,
      AuditTrail audit,
      EntrepotSettings.InstrumentAccess access) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
    this.access = access;
  }

  public List<Grant> ofFile(Id file) {
    return database
        .sql("select * from file_grant where file_id = ? order by granted_at, id")
        .param(file.hex())
        .query(Grants::read)
        .list();
  }

  private static Grant read(ResultSet row, int number) throws SQLException {
    return new Grant(
        new Id(row.getString("id")),
        new Id(row.getString("file_id")),
        GranteeType.ofWord(row.getString("grantee_type")).orElseThrow(),
        new Id(row.getString("grantee_id")),
        Micros.instant(row.getLong("granted_at")));
  }

  /**
   * The grant, be it new or there already. Whether there is such a grantee is for the caller to
   * ask.
   */
  public Grant grant(Actor by, Id file, GranteeType type, Id grantee) {
    Instant now = clock.instant();
    return database.write(
        () -> {
          int made =
              database
                  .sql(
                      """
                      insert into file_grant (id, file_id, grantee_type, grantee_id, granted_at)
                      values (?, ?, ?, ?, ?) on conflict (file_id, grantee_id) do nothing
                      """)
                  .params(ids.next().hex(), file.hex(), type.word(), grantee.hex(), Micros.of(now))
                  .update();
          Grant grant = one(file, "grantee_id", grantee).orElseThrow();
          if (made > 0) {
            audit(by, "grant", FILE, file, changes(grant, value -> new Change(null, value)));
          }
          return grant;
        });
  }

  /**
   * @throws NotFoundException when the file has no such grant
   */
  public void revoke(Actor by, Id file, Id id) {
    database.writeFromReserve(
        () -> {
          Grant grant = one(file, "id", id).orElseThrow(() -> new NotFoundException(THING));
          refuseNothing(
              database.sql("delete from file_grant where id = ?").param(id.hex()).update());
          audit(by, "revoke", FILE, file, changes(grant, value -> new Change(value, null)));
        });
  }

  private Optional<Grant> one(Id file, String column, Id id) {
    return database
        .sql("select * from file_grant where file_id = ? and " + column + " = ?")
        .params(file.hex(), id.hex())
        .query(Grants::read)
        .optional();
  }

  private static Map<String, Change> changes(Grant grant, Function<String, Change> change) {
    return Map.of(
        GRANTEE,
        change.apply(grant.grantee().hex()),
        "grantee_type",
        change.apply(grant.granteeType().word()));
  }

  /** Whether access to an instrument lets somebody see its files, or only that it is there. */
  public boolean instrumentAccessShowsFiles() {
    return access == EntrepotSettings.InstrumentAccess.GRANTS_VISIBILITY;
  }

  public List<InstrumentAccess> ofInstrument(Id instrument) {
    return database
        .sql(
            "select * from instrument_access where instrument_id = ? order by granted_at, account_id")
        .param(instrument.hex())
        .query(
            (row, _) ->
                new InstrumentAccess(
                    new Id(row.getString("account_id")),
                    new Id(row.getString("instrument_id")),
                    Micros.instant(row.getLong("granted_at"))))
        .list();
  }

  /** The instruments whose files and runs an account may see because of its access to them. */
  public List<Id> instrumentsSeenBy(Id account) {
    return switch (access) {
      case GRANTS_VISIBILITY -> instrumentsOf(account);
      case HARVEST_ONLY -> List.of();
    };
  }

  /** The instruments that an account has access to. */
  public List<Id> instrumentsOf(Id account) {
    return database
        .sql("select instrument_id from instrument_access where account_id = ?")
        .param(account.hex())
        .query((row, _) -> new Id(row.getString(1)))
        .list();
  }

  public void allowInstrument(Actor by, Id account, Id instrument) {
    Instant now = clock.instant();
    database.write(
        () -> {
          int made =
              database
                  .sql(
                      """
                      insert into instrument_access (account_id, instrument_id, granted_at)
                      values (?, ?, ?) on conflict (account_id, instrument_id) do nothing
                      """)
                  .params(account.hex(), instrument.hex(), Micros.of(now))
                  .update();
          if (made > 0) {
            Change change = new Change(null, account.hex());
            audit(by, "grant", INSTRUMENT, instrument, Map.of(GRANTEE, change));
          }
        });
  }

  /**
   * @throws NotFoundException when he has none
   */
  public void denyInstrument(Actor by, Id account, Id instrument) {
    database.writeFromReserve(
        () -> {
          refuseNothing(
              database
                  .sql("delete from instrument_access where account_id = ? and instrument_id = ?")
                  .params(account.hex(), instrument.hex())
                  .update());
          Change change = new Change(account.hex(), null);
          audit(by, "revoke", INSTRUMENT, instrument, Map.of(GRANTEE, change));
        });
  }

  private static void refuseNothing(int gone) {
    if (gone == 0) {
      throw new NotFoundException(THING);
    }
  }

  private void audit(Actor by, String action, String kind, Id of, Map<String, Change> changes) {
    audit.record(by, new AuditTrail.Entry(action, kind, of, changes));
  }
}
