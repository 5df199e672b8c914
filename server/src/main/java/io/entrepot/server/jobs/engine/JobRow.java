// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.database.Micros;
import io.entrepot.server.jobs.EarlyEnd;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.JobStatus;
import io.entrepot.server.jobs.JobTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Between a row of the job table and a {@link Job}. */
final class JobRow {

  static final String COLUMNS =
      "id, kind, state, wish, priority, owner, subject, schedule_id, scheduled_for, retry_of,"
          + " parameters, node, warnings, reason_code, reason_message, bytes_done, bytes_total,"
          + " files_done, files_total, progress, created_at, started_at, finished_at, updated_at,"
          + " fence, (select last_heartbeat from scheduled_tasks where task_name = '"
          + TaskTable.TASK
          + "' and task_instance = job.id and picked) as heartbeat";

  private static final JsonMapper JSON = JsonMapper.shared();

  private JobRow() {}

  static Job read(ResultSet row, int number) throws SQLException {
    return new Job(new Id(row.getString("id")), order(row), status(row), times(row), progress(row));
  }

  private static JobOrder order(ResultSet row) throws SQLException {
    return new JobOrder(
        row.getString("kind"),
        row.getString("subject"),
        JSON.readTree(row.getString("parameters")),
        row.getInt("priority"),
        new JobOrigin(
            new Id(row.getString("owner")),
            id(row, "schedule_id"),
            time(row, "scheduled_for"),
            id(row, "retry_of")));
  }

  private static JobStatus status(ResultSet row) throws SQLException {
    String wish = row.getString("wish");
    String code = row.getString("reason_code");
    Instant heartbeat = time(row, "heartbeat");
    return new JobStatus(
        JobState.of(row.getString("state")),
        wish == null ? null : EarlyEnd.of(wish),
        row.getLong("warnings"),
        code == null
            ? null
            : new JobStatus.Reason(
                code, Objects.requireNonNullElse(row.getString("reason_message"), "")),
        row.getString("node"),
        row.getLong("fence"),
        heartbeat == null ? null : heartbeat.plus(Workers.LEASE));
  }

  private static JobTimes times(ResultSet row) throws SQLException {
    return new JobTimes(
        Micros.instant(row.getLong("created_at")),
        time(row, "started_at"),
        time(row, "finished_at"),
        Micros.instant(row.getLong("updated_at")));
  }

  private static JobProgress progress(ResultSet row) throws SQLException {
    JsonNode rest = JSON.readTree(row.getString("progress"));
    Map<String, Long> counts = new HashMap<>();
    rest.path("counts").properties().forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
    Long total = number(row, "bytes_total");
    JsonNode item = rest.path("item");
    return new JobProgress(
        new JobProgress.Amount(row.getLong("bytes_done"), row.getLong("files_done")),
        total == null ? null : new JobProgress.Amount(total, row.getLong("files_total")),
        item.isString() ? item.asString() : null,
        time(row, "finished_at") == null ? pace(rest.path("pace")) : null,
        counts);
  }

  private static JobProgress.@Nullable Pace pace(JsonNode pace) {
    if (!pace.isObject()) {
      return null;
    }
    return new JobProgress.Pace(
        pace.path("bytes").asLong(),
        pace.path("files").asDouble(),
        seconds(pace.path("soonest")),
        seconds(pace.path("latest")));
  }

  /** What of the progress has no column of its own, as JSON. */
  static String rest(JobProgress progress) {
    ObjectNode rest = JSON.createObjectNode();
    if (progress.item() != null) {
      rest.put("item", progress.item());
    }
    if (!progress.counts().isEmpty()) {
      ObjectNode counts = rest.putObject("counts");
      progress.counts().forEach(counts::put);
    }
    JobProgress.Pace pace = progress.pace();
    if (pace != null) {
      ObjectNode node = rest.putObject("pace");
      node.put("bytes", pace.bytesPerSecond());
      node.put("files", pace.filesPerSecond());
      put(node, "soonest", pace.soonest());
      put(node, "latest", pace.latest());
    }
    return rest.toString();
  }

  private static void put(ObjectNode node, String name, @Nullable Duration value) {
    if (value != null) {
      node.put(name, value.toSeconds());
    }
  }

  private static @Nullable Duration seconds(JsonNode value) {
    return value.isNumber() ? Duration.ofSeconds(value.asLong()) : null;
  }

  static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    return Micros.instantOrNull(number(row, column));
  }

  static @Nullable Id id(ResultSet row, String column) throws SQLException {
    String value = row.getString(column);
    return value == null ? null : new Id(value);
  }
}
