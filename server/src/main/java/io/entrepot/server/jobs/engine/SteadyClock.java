// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * Counts elapsed time from one reading of the clock. With PostgreSQL that clock is the database's,
 * read again from time to time, so that all nodes agree; alone on SQLite it is never read again.
 */
final class SteadyClock implements LeaseClock {

  private final Database database;
  private final LongSupplier nanos;
  private volatile Reading reading;

  SteadyClock(Database database, InstantSource clock, LongSupplier nanos) {
    this.database = database;
    this.nanos = nanos;
    this.reading = new Reading(clock.instant(), nanos.getAsLong());
    synchronise();
  }

  @Override
  public Instant now() {
    Reading base = reading;
    return base.time.plusNanos(nanos.getAsLong() - base.nanos).truncatedTo(ChronoUnit.MICROS);
  }

  /** Reads the database's clock again, where there is one that others share. */
  void synchronise() {
    if (database.dialect() == Dialect.POSTGRESQL) {
      long micros =
          database
              .sql("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)")
              .query(Long.class)
              .single();
      reading = new Reading(Micros.instant(micros), nanos.getAsLong());
    }
  }

  private record Reading(Instant time, long nanos) {}
}
