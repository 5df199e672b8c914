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
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Who may see a single file, and who may see all files of an instrument. */
public final class Grants {

  /** Somebody who has access to an instrument. */
  public record InstrumentAccess(Id account, Id instrument, Instant grantedAt) {}

  private static final String FILE = "file";
  private static final String INSTRUMENT = "instrument";

  private final Database database;
  private final IdSource ids;
  private final InstantSource clock;
  private final AuditTrail audit;

  public Grants(Database database, IdSource ids, InstantSource clock, AuditTrail audit) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.audit = audit;
  }

  public List<Grant> ofFile(Id file) {
    return database
        .sql("select * from file_grant where file_id = ? order by granted_at, id")
        .param(file.hex())
        .query(
            (row, _) ->
                new Grant(
                    new Id(row.getString("id")),
                    new Id(row.getString("file_id")),
                    row.getString("grantee_type"),
                    new Id(row.getString("grantee_id")),
                    Micros.instant(row.getLong("granted_at"))))
        .list();
  }

  /** The grant, be it new or there already. */
  public Grant grant(Actor by, Id file, String granteeType, Id grantee) {
    Instant now = clock.instant();
    return database.write(
        () -> {
          database
              .sql(
                  """
                  insert into file_grant (id, file_id, grantee_type, grantee_id, granted_at)
                  values (?, ?, ?, ?, ?) on conflict (file_id, grantee_id) do nothing
                  """)
              .params(ids.next().hex(), file.hex(), granteeType, grantee.hex(), Micros.of(now))
              .update();
          audit(by, "grant", FILE, file, grantee);
          return ofFile(file).stream()
              .filter(grant -> grant.grantee().equals(grantee))
              .findFirst()
              .orElseThrow();
        });
  }

  public void revoke(Actor by, Id file, Id grant) {
    database.write(
        () -> {
          int gone =
              database
                  .sql("delete from file_grant where id = ? and file_id = ?")
                  .params(grant.hex(), file.hex())
                  .update();
          refuseNothing(gone);
          audit(by, "revoke", FILE, file, grant);
        });
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

  /** The instruments whose files an account may see. */
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
          audit(by, "grant", INSTRUMENT, instrument, account);
          database
              .sql(
                  """
                  insert into instrument_access (account_id, instrument_id, granted_at)
                  values (?, ?, ?) on conflict (account_id, instrument_id) do nothing
                  """)
              .params(account.hex(), instrument.hex(), Micros.of(now))
              .update();
        });
  }

  public void denyInstrument(Actor by, Id account, Id instrument) {
    database.write(
        () -> {
          int gone =
              database
                  .sql("delete from instrument_access where account_id = ? and instrument_id = ?")
                  .params(account.hex(), instrument.hex())
                  .update();
          refuseNothing(gone);
          audit(by, "revoke", INSTRUMENT, instrument, account);
        });
  }

  private static void refuseNothing(int gone) {
    if (gone == 0) {
      throw new NotFoundException("Grant");
    }
  }

  private void audit(Actor by, String action, String kind, Id thing, Id who) {
    audit.record(
        by,
        new AuditTrail.Entry(action, kind, thing, Map.of("grantee", new Change(null, who.hex()))));
  }
}
