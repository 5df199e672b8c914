// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.database.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQL that asks whether the copies are there. Each question goes over what is not in order, which
 * is little, and never over all files.
 */
final class ProofTable {

  private static final int NAMED = 5;

  /** Word for word the condition of the index of open attempts, which is found by it. */
  private static final String OPEN =
      "t.latest = 1 and t.status <> 'completed' and t.status <> 'skipped'";

  private static final String UNPROVED =
      OPEN
          + " and t.version = f.version and not exists (select 1 from transfer c"
          + " where c.file_id = t.file_id and c.status = 'completed' and c.version = t.version)";

  private static final String FAILED = "t.status = 'failed' and t.latest = 1";

  private static final String INTEGRITY =
      Arrays.stream(ErrorCode.values())
          .filter(code -> code.category() == ErrorCategory.INTEGRITY)
          .map(code -> "'" + code.name() + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  static final String DAMAGED = FAILED + " and t.error_code in " + INTEGRITY;

  /** Proved once and found damaged since, and not made anew. */
  static final String SPOILED =
      "t.damaged_at is not null and not exists (select 1 from transfer c"
          + " where c.file_id = t.file_id and c.version = t.version and c.attempt > t.attempt"
          + " and c.storage_location_id = t.storage_location_id and c.status = 'completed')";

  static final String GIVEN_UP =
      FAILED + " and t.retry_at is null and coalesce(t.error_code, '') not in " + INTEGRITY;

  private final Database database;

  ProofTable(Database database) {
    this.database = database;
  }

  Proofs proofs(Visibility.Condition visible, long most) {
    long damaged = count(failures(DAMAGED, visible), visible, most);
    long spoiled = count(failures(SPOILED, visible), visible, most);
    long givenUp = count(failures(GIVEN_UP, visible), visible, most);
    return new Proofs(
        count(unproved(visible), visible, most),
        damaged + spoiled,
        Stream.of(
                spoiled == 0 ? List.<Transfer>of() : newest(SPOILED, visible),
                damaged == 0 ? List.<Transfer>of() : newest(DAMAGED, visible))
            .flatMap(List::stream)
            .limit(NAMED)
            .toList(),
        givenUp,
        givenUp == 0 ? List.of() : newest(GIVEN_UP, visible));
  }

  static String unproved(Visibility.Condition visible) {
    return "select distinct t.file_id from transfer t join file f on f.id = t.file_id where "
        + UNPROVED
        + " and "
        + visible.sql();
  }

  static String failures(String which, Visibility.Condition visible) {
    return "select 1" + TransferTable.from(visible) + " where " + which + " and " + visible.sql();
  }

  private long count(String select, Visibility.Condition visible, long most) {
    List<Object> parameters = new ArrayList<>(visible.parameters());
    parameters.add(most);
    return database
        .sql("select count(*) from (" + select + " limit ?) as counted")
        .params(parameters)
        .query(Long.class)
        .single();
  }

  private List<Transfer> newest(String which, Visibility.Condition visible) {
    return database
        .sql(
            TransferTable.SELECT
                + TransferTable.from(visible)
                + " where "
                + which
                + " and "
                + visible.sql()
                + " order by t.id desc limit "
                + NAMED)
        .params(visible.parameters())
        .query(TransferTable::read)
        .list();
  }
}
