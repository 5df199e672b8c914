// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import io.entrepot.server.settings.EntrepotSettings.InstrumentAccess;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GrantsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";

  private final IdSource ids = new IdSource(() -> NOW, new Random(7));
  private final Id file = ids.nextForFile();
  private final Id instrument = ids.next();
  private final Id somebody = ids.next();

  private AuditLog log(Database database) {
    return new AuditLog(database, ids, () -> NOW);
  }

  private Grants grants(Database database) {
    return new Grants(
        database,
        ids,
        () -> NOW,
        new AuditTrail(log(database)),
        InstrumentAccess.GRANTS_VISIBILITY);
  }

  /** Newest first. */
  private List<AuditEntry> entries(Database database) {
    return log(database).list(AuditFilter.ALL, Slice.ALL).items().stream()
        .map(AuditRecord::entry)
        .toList();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void the_audit_names_who_was_let_see_a_file_and_who_no_longer_is(Database database) {
    try (database) {
      Grants grants = grants(database);
      Grant grant = grants.grant(Actor.HOUSE, file, GranteeType.PROJECT, somebody);
      grants.revoke(Actor.HOUSE, file, grant.id());

      List<AuditEntry> entries = entries(database);
      assertThat(entries).extracting(AuditEntry::action).containsExactly("revoke", "grant");
      assertThat(entries.getFirst().changes())
          .contains("{\"before\":\"" + somebody.hex() + "\",\"after\":null}")
          .contains("{\"before\":\"project\",\"after\":null}");
      assertThat(entries.getLast().changes())
          .contains("{\"before\":null,\"after\":\"" + somebody.hex() + "\"}")
          .contains("{\"before\":null,\"after\":\"project\"}");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void the_audit_names_who_lost_an_instrument(Database database) {
    try (database) {
      Grants grants = grants(database);
      grants.allowInstrument(Actor.HOUSE, somebody, instrument);
      grants.denyInstrument(Actor.HOUSE, somebody, instrument);

      List<AuditEntry> entries = entries(database);
      assertThat(entries).extracting(AuditEntry::action).containsExactly("revoke", "grant");
      assertThat(entries.getFirst().changes())
          .isEqualTo("{\"grantee\":{\"before\":\"" + somebody.hex() + "\",\"after\":null}}");
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_changes_nothing_is_not_audited(Database database) {
    try (database) {
      Grants grants = grants(database);
      Grant first = grants.grant(Actor.HOUSE, file, GranteeType.USER, somebody);
      grants.allowInstrument(Actor.HOUSE, somebody, instrument);

      assertThat(grants.grant(Actor.HOUSE, file, GranteeType.USER, somebody)).isEqualTo(first);
      grants.allowInstrument(Actor.HOUSE, somebody, instrument);
      assertThatThrownBy(() -> grants.revoke(Actor.HOUSE, file, ids.next()))
          .isInstanceOf(NotFoundException.class);
      assertThatThrownBy(() -> grants.denyInstrument(Actor.HOUSE, ids.next(), instrument))
          .isInstanceOf(NotFoundException.class);

      assertThat(entries(database)).hasSize(2);
    }
  }
}
