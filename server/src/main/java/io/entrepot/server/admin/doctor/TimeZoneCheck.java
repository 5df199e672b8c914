// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.doctor.Outcome.Fault;
import io.entrepot.server.database.Database;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Whether the zones that are asked for are known, by data that is not too old. */
final class TimeZoneCheck implements Check {

  /** Years of rules as the tz database numbers them; JDK 25 came with newer ones. */
  private static final String OLDEST = "2024a";

  /** How POSIX writes a zone by its offset, as in {@code CET-1CEST}. */
  private static final Pattern BY_OFFSET =
      Pattern.compile("<?[A-Za-z+-]?[A-Za-z0-9+-]{2,}>?[-+]?\\d.*");

  private final Map<String, String> environment;
  private final Books books;

  TimeZoneCheck(Map<String, String> environment, Books books) {
    this.environment = environment;
    this.books = books;
  }

  @Override
  public String name() {
    return "time zones";
  }

  @Override
  public Outcome look() {
    List<Fault> faults = new ArrayList<>();
    String zone = environment.getOrDefault("TZ", "");
    if (!zone.isEmpty() && !zone.startsWith(":") && !zone.startsWith("/") && !isKnown(zone)) {
      faults.add(
          new Fault(
              "TZ is \"" + zone + "\", which is no time zone", "set it to a name such as UTC"));
    }
    String rules = ZoneRulesProvider.getVersions("UTC").lastKey();
    if (rules.compareTo(OLDEST) < 0) {
      faults.add(
          new Fault("the JDK's time zone data is of " + rules, "update the JDK to a newer 25"));
    }
    if (books.consult(TimeZoneCheck::schedules) instanceof Outcome.Faulty faulty) {
      faults.addAll(faulty.faults());
    }
    return Outcome.of(faults);
  }

  private static Outcome schedules(Database database) {
    return Outcome.of(
        database
            .sql(
                "select distinct timezone from schedule where deleted_at is null order by timezone")
            .query((row, _) -> row.getString(1))
            .list()
            .stream()
            .filter(zone -> !isUsable(zone))
            .map(
                zone ->
                    new Fault(
                        "a schedule runs by \"" + zone + "\", which this JDK does not know",
                        "choose another time zone on its page, or update the JDK"))
            .toList());
  }

  private static boolean isKnown(String zone) {
    return ZoneId.getAvailableZoneIds().contains(zone)
        || ZoneId.SHORT_IDS.containsKey(zone)
        || BY_OFFSET.matcher(zone).matches();
  }

  private static boolean isUsable(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }
}
