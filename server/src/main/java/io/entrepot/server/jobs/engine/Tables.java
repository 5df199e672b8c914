// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.database.Database;

/** The tables of this package over one database. */
record Tables(
    Database database,
    JobTable jobs,
    StartTable starts,
    StepTable steps,
    LogTable logs,
    TaskTable tasks) {

  static Tables of(Database database, LeaseClock leases) {
    return new Tables(
        database,
        new JobTable(database),
        new StartTable(database),
        new StepTable(database),
        new LogTable(database),
        new TaskTable(database, leases));
  }
}
