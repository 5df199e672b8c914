// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.doctor.Outcome.Fault;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the clock is behind this version, behind the server's own records, or off the proxy's.
 */
final class ClockCheck implements Check {

  /** Nobody can run this version earlier. */
  private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");

  /** Clocks that are kept right differ by less; certificates and tokens bear that much. */
  private static final Duration LEEWAY = Duration.ofMinutes(2);

  private static final String REMEDY =
      "set the clock and keep it right: timedatectl set-ntp true, or start chrony";

  private final InstantSource clock;
  private final Books books;
  private final Frontage frontage;

  ClockCheck(InstantSource clock, Books books, Frontage frontage) {
    this.clock = clock;
    this.books = books;
    this.frontage = frontage;
  }

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public Outcome look() throws IOException {
    List<Fault> faults = new ArrayList<>();
    Instant now = clock.instant();
    if (now.isBefore(MADE)) {
      faults.add(new Fault("the clock shows " + now + ", before this version was made", REMEDY));
    }
    if (books.consult(database -> recorded(database, now)) instanceof Outcome.Faulty faulty) {
      faults.addAll(faulty.faults());
    }
    frontage
        .date()
        .filter(there -> Duration.between(there, now).abs().compareTo(LEEWAY) > 0)
        .ifPresent(
            there ->
                faults.add(
                    new Fault(
                        "the clock shows %s, that of %s %s".formatted(now, frontage.url(), there),
                        REMEDY)));
    return Outcome.of(faults);
  }

  private static Outcome recorded(Database database, Instant now) {
    long newest =
        database
            .sql(
                """
                select coalesce(max(time), 0) from (
                  select max(closed) as time from ledger_block
                  union all select max(updated_at) from job) as times
                """)
            .query(Long.class)
            .single();
    Instant last = Micros.instant(newest);
    return last.isAfter(now.plus(LEEWAY))
        ? Outcome.fault(
            "the clock shows %s, but the server has records of %s".formatted(now, last), REMEDY)
        : Outcome.well();
  }
}
