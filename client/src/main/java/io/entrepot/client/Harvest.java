// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Sets up harvests through the API, starts runs and waits for them. */
public final class Harvest {

  private static final Duration POLL = Duration.ofMillis(100);

  /** A run begins soon, and whoever waits for that wants to know at once. */
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Session session;

  /**
   * @param session an administrator's
   */
  public Harvest(Session session) {
    this.session = session;
  }

  /**
   * A storage location in a folder of the server's machine.
   *
   * @return its id
   */
  public String storage(String name, String folder) {
    return id(
        session.post(
            "/api/storage-locations",
            Map.of(
                "name",
                name,
                "type",
                "posix",
                "base_path",
                folder,
                "connection_config",
                Map.of())));
  }

  /**
   * An instrument whose files lie in a folder of the server's machine.
   *
   * @param policy more keys of {@code transfer_config}, such as {@code stability_seconds}
   * @return its id
   */
  public String folderInstrument(String name, String folder, Map<String, Object> policy) {
    Map<String, Object> config = new HashMap<>(policy);
    config.put("transport", "posix");
    return id(session.post("/api/instruments", instrument(name, "", folder, config)));
  }

  /**
   * An instrument reached over SFTP, with a key and a pinned host key.
   *
   * @param policy more keys of {@code transfer_config}, {@code port} among them
   * @return its id
   */
  public String sftpInstrument(
      String name, String folder, SftpLogin login, Map<String, Object> policy) {
    Map<String, Object> account =
        Map.of(
            "name",
            name,
            "username",
            login.username(),
            "password",
            "",
            "auth_type",
            "ssh_key",
            "private_key",
            login.privateKey(),
            "host_key",
            login.hostKey());
    Map<String, Object> config = new HashMap<>(policy);
    config.put("transport", "sftp");
    config.put("port", login.port());
    Map<String, Object> instrument = instrument(name, login.host(), folder, config);
    instrument.put("service_account_id", id(session.post("/api/service-accounts", account)));
    return id(session.post("/api/instruments", instrument));
  }

  private static Map<String, Object> instrument(
      String name, String host, String folder, Map<String, Object> config) {
    Map<String, Object> body = new HashMap<>();
    body.put("name", name);
    body.put("cifs_host", host);
    body.put("cifs_share", "");
    body.put("cifs_base_path", folder);
    body.put("transfer_config", config);
    return body;
  }

  /**
   * A schedule from an instrument to a storage location.
   *
   * @param cron five fields; of one that shall only be triggered by hand, far away or disabled
   * @param enabled whether it also fires by itself
   * @return its id
   */
  public String schedule(String instrument, String storage, String cron, boolean enabled) {
    return id(
        session.post(
            "/api/schedules",
            Map.of(
                "instrument_id", instrument,
                "default_storage_location_id", storage,
                "cron_expression", cron,
                "enabled", enabled)));
  }

  /** Starts a run of a schedule now, and says its id. */
  public String trigger(String schedule) {
    return session.post("/api/schedules/" + schedule + "/trigger").path("flow_run_id").asString();
  }

  /** As {@link #trigger(String)}; files that failed are tried again, due or not. */
  public String triggerAgain(String schedule) {
    return session
        .post("/api/schedules/" + schedule + "/trigger", Map.of("retry_failed", true))
        .path("flow_run_id")
        .asString();
  }

  /** The state of a run as clients of the original API read it: RUNNING, COMPLETED, FAILED, … */
  public String state(String run) {
    return session.get("/prefect/api/flow_runs/" + run).path("state").path("type").asString();
  }

  /**
   * Waits until a run has begun, or is over.
   *
   * @throws RunException when it still waits after the limit
   */
  public void awaitBegin(String run, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    String state = state(run);
    while (state.equals("SCHEDULED") || state.equals("PENDING")) {
      if (System.nanoTime() > end) {
        throw new RunException("run " + run + " has not begun after " + limit);
      }
      pause(LOOK);
      state = state(run);
    }
  }

  /**
   * Waits until a run is over.
   *
   * @return its record, with its times and counters
   * @throws RunException when it did not complete, or not within the limit
   */
  public JsonNode await(String run, Duration limit) {
    JsonNode record = awaitEnd(run, limit);
    String state = state(run);
    if (!state.equals("COMPLETED")) {
      throw new RunException("run " + run + " ended " + state + ": " + record);
    }
    return record;
  }

  /**
   * Waits until a run is over, however it ends.
   *
   * @return its record, with its times and counters
   * @throws RunException when it goes on beyond the limit
   */
  public JsonNode awaitEnd(String run, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    String state = state(run);
    while (!over(state)) {
      if (System.nanoTime() > end) {
        throw new RunException("run " + run + " is still " + state + " after " + limit);
      }
      pause(POLL);
      state = state(run);
    }
    return session.get("/api/runs/" + run);
  }

  private static boolean over(String state) {
    return switch (state) {
      case "COMPLETED", "FAILED", "CANCELLED", "CRASHED" -> true;
      default -> false;
    };
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a run", e);
    }
  }

  private static String id(JsonNode created) {
    return created.path("id").asString();
  }
}
