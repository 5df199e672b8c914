// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.catalog.Ingest;
import io.entrepot.server.database.Database;
import io.entrepot.storage.decorator.Pause;
import io.entrepot.storage.mover.Mover;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a harvest works with. */
public record HarvestTools(
    Database database,
    Ingest ingest,
    Grants grants,
    Custody custody,
    Grantees grantees,
    Mover mover,
    IdSource ids,
    InstantSource clock,
    Pause pause) {

  /** Where custody entries go, in the caller's transaction. */
  @FunctionalInterface
  public interface Custody {
    void append(List<CustodyEntry> entries);
  }

  /** Finds a user by e-mail address, a group or project by name, or any of them by id. */
  @FunctionalInterface
  public interface Grantees {
    Optional<Id> find(GranteeType type, String text);
  }
}
