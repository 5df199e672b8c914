// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.JobStep;
import io.entrepot.server.jobs.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of the job_step table. */
final class StepTable {

  private final Database database;

  StepTable(Database database) {
    this.database = database;
  }

  List<JobStep> list(Id job) {
    return database
        .sql(
            "select position, name, state, message, inherited, started_at, finished_at"
                + " from job_step where job_id = ? order by position")
        .param(job.hex())
        .query(
            (row, _) ->
                new JobStep(
                    row.getInt("position"),
                    row.getString("name"),
                    new JobStep.Outcome(
                        StepState.of(row.getString("state")), row.getString("message")),
                    new JobStep.Span(
                        JobRow.time(row, "started_at"), JobRow.time(row, "finished_at")),
                    row.getInt("inherited") == 1))
        .list();
  }

  Optional<StepState> state(Id job, String name) {
    return database
        .sql("select state from job_step where job_id = ? and name = ?")
        .params(job.hex(), name)
        .query(String.class)
        .optional()
        .map(StepState::of);
  }

  /** Adds a step at the end, unless the job has one of this name. */
  void declare(Id job, String name) {
    database
        .sql(
            """
            insert into job_step (job_id, position, name, state, inherited)
            select ?, coalesce(max(position), 0) + 1, ?, 'pending', 0 from job_step where job_id = ?
            on conflict (job_id, name) do nothing
            """)
        .params(job.hex(), name, job.hex())
        .update();
  }

  void begin(Id job, String name, Instant now) {
    declare(job, name);
    database
        .sql(
            "update job_step set state = 'running', message = null, started_at = ?,"
                + " finished_at = null where job_id = ? and name = ?")
        .params(Micros.of(now), job.hex(), name)
        .update();
  }

  void end(Id job, String name, JobStep.Outcome outcome, Instant now) {
    database
        .sql(
            "update job_step set state = ?, message = ?, finished_at = ?"
                + " where job_id = ? and name = ?")
        .param(outcome.state().stored())
        .param(outcome.message())
        .param(Micros.of(now))
        .param(job.hex())
        .param(name)
        .update();
  }

  /** What was running when the job ended early did not finish. */
  void abandon(Id job, @Nullable String message, Instant now) {
    database
        .sql(
            "update job_step set state = 'failed', message = ?, finished_at = ?"
                + " where job_id = ? and state = 'running'")
        .param(message)
        .param(Micros.of(now))
        .param(job.hex())
        .update();
  }

  /** Gives a job the steps that another one finished. */
  void inherit(Id job, Id from) {
    database
        .sql(
            """
            insert into job_step
              (job_id, position, name, state, inherited, started_at, finished_at)
            select ?, position, name,
              case when state = 'completed' then 'completed' else 'pending' end,
              case when state = 'completed' then 1 else 0 end,
              case when state = 'completed' then started_at end,
              case when state = 'completed' then finished_at end
            from job_step where job_id = ?
            """)
        .params(job.hex(), from.hex())
        .update();
  }
}
