// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.await;
import static io.entrepot.server.acceptance.HarvestFixture.filesBelow;
import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;
import static io.entrepot.server.acceptance.HarvestFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.ShortPause;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import io.entrepot.storage.peer.FaultProxy;
import io.entrepot.storage.peer.OpensshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The harvest door's promises about instruments that are reached through a real sshd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpChecksTest {

  private static final String PASSWORD = "Karmesin-und-Ocker-7";

  private TestServer entrepot;
  private AdjustableClock clock;
  private TestClient admin;
  private OpensshServer server;
  private HarvestFixture fixture;
  private Optional<String> user;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    // Another user signs in, who must be able to walk to the files.
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    server = OpensshServer.start(Files.createDirectory(folder.resolve("sshd")));
    entrepot = TestServer.start(AdjustableClock.ahead(Duration.ZERO), ShortPause.ON);
    clock = entrepot.part(AdjustableClock.class);
    admin = entrepot.admin();
    fixture = new HarvestFixture(entrepot, folder);
    user = server.addUser(PASSWORD);
  }

  @AfterAll
  void stop() {
    if (server != null) {
      server.close();
    }
    if (entrepot != null) {
      entrepot.close();
    }
  }

  private String account(Object... more) {
    Map<String, Object> body = map(more);
    body.put("name", unique("account"));
    return id(admin.post("/api/service-accounts", json(flat(body))));
  }

  private static Object[] flat(Map<String, Object> map) {
    return map.entrySet().stream()
        .flatMap(entry -> java.util.stream.Stream.of(entry.getKey(), entry.getValue()))
        .toArray();
  }

  private String keyAccount() {
    return account(
        "username", server.user(), "auth_type", "ssh_key", "private_key", server.privateKey());
  }

  private String passwordAccount(String password) {
    Assumptions.assumeTrue(user.isPresent(), "only root can add a user for a password login");
    return account("username", user.orElseThrow(), "password", password);
  }

  /** Of a user to whom permissions mean something. */
  private String bridledAccount() {
    return "root".equals(server.user()) ? passwordAccount(PASSWORD) : keyAccount();
  }

  private Line line(String account, Object... config) {
    Path source = fixture.newFolder("source");
    Path target = fixture.newFolder("store");
    String name = unique("remote");
    Map<String, Object> settings = map(config);
    settings.put("transport", "sftp");
    settings.putIfAbsent("port", server.port());
    settings.put("stability_seconds", 0);
    String instrument =
        id(
            admin.post(
                "/api/instruments",
                json(
                    "name",
                    name,
                    "cifs_host",
                    "127.0.0.1",
                    "cifs_share",
                    "",
                    "cifs_base_path",
                    source.toString(),
                    "service_account_id",
                    account,
                    "transfer_config",
                    settings)));
    String storage = fixture.storage(target);
    return new Line(
        instrument, name, storage, fixture.schedule(instrument, storage), source, target);
  }

  private void arrivesProved(Line line) {
    for (int i = 0; i < 10; i++) {
      line.put("day " + i % 3 + "/caf\u00e9/" + i + "#.dat", "content of " + i);
    }

    JsonNode run = fixture.harvest(line);

    assertThat(fixture.files(line)).hasSize(10);
    for (JsonNode file : fixture.files(line)) {
      String path = file.get("source_path").asString();
      assertThat(line.copyOf(path)).hasSameBinaryContentAs(line.source().resolve(path));
      JsonNode transfer = fixture.transfer(line, path);
      assertThat(transfer.get("checksum_verified").asBoolean()).isTrue();
      assertThat(transfer.get("source_checksum")).isEqualTo(transfer.get("dest_checksum"));
      assertThat(transfer.get("source_checksum")).isEqualTo(file.get("xxhash"));
      assertThat(transfer.get("prefect_flow_run_id").asString())
          .isEqualTo(run.get("id").asString());
    }
    assertThat(fixture.harvest(line).at("/counters/transferred").asLong(0)).isZero();
  }

  @Test
  @Check("harvest 23")
  void files_arrive_over_sftp_with_a_password() {
    arrivesProved(line(passwordAccount(PASSWORD)));
  }

  @Test
  @Check("harvest 23")
  void files_arrive_over_sftp_with_a_key() {
    arrivesProved(line(keyAccount(), "host_key", server.hostKey()));
  }

  @Test
  void files_arrive_over_sftp_with_a_locked_key() {
    arrivesProved(
        line(
            account(
                "username",
                server.user(),
                "auth_type",
                "ssh_key",
                "private_key",
                server.lockedKey("open sesame"),
                "passphrase",
                "open sesame")));
  }

  @Test
  void an_account_signs_in_as_its_auth_type_says() {
    String account = keyAccount();
    String path = "/api/service-accounts/" + account;
    Line line = line(account);
    line.put("a.dat", "a");

    admin.patch(path, json("auth_type", "password")).expect(200);
    assertThat(fixture.failure(line)).contains("no password is stored");

    admin.patch(path, json("auth_type", "keytab")).expect(200);
    assertThat(fixture.failure(line)).contains("keytab");

    admin.patch(path, json("host_key", "ssh-ed25519 AAAA")).expect(422);
    String foreign =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    admin.patch(path, json("auth_type", "ssh_key", "host_key", foreign)).expect(200);
    fixture.failure(line);
    admin.patch(path, "{\"host_key\": null}").expect(200);
    fixture.harvest(line);

    admin.patch(path, "{\"private_key\": null}").expect(200);
    assertThat(fixture.failure(line)).contains("no private_key is stored");
  }

  @Test
  @Check("harvest 15")
  void a_new_password_takes_the_place_of_the_one_before_and_stays_where_none_is_sent() {
    String account = passwordAccount(PASSWORD);
    String path = "/api/service-accounts/" + account;
    Line line = line(account);
    line.put("a.dat", "a");

    admin.patch(path, json("password", "quite another one")).expect(200);
    assertThat(fixture.failure(line)).doesNotContain("quite another one");

    admin.patch(path, json("password", PASSWORD)).expect(200);
    admin.patch(path, json("name", unique("renamed"))).expect(200);
    fixture.harvest(line);
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("completed");
  }

  @Test
  @Check("harvest 23")
  void a_changed_host_key_fails_the_run_and_says_so(@TempDir Path folder) throws Exception {
    try (OpensshServer other =
        OpensshServer.start(Files.createDirectory(folder.resolve("other")))) {
      Line line = line(keyAccountOf(other), "port", other.port());
      line.put("a.dat", "a");
      fixture.harvest(line);
      line.put("b.dat", "b");
      newHostKeys(other, folder.resolve("other"));

      assertThat(fixture.failure(line)).containsIgnoringCase("host key");
      assertThat(fixture.files(line)).hasSize(1);
      assertThat(line.copyOf("b.dat")).doesNotExist();
    }
  }

  @Test
  void a_pinned_host_key_that_the_server_does_not_have_fails_the_run() {
    String foreign =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";
    Line line = line(keyAccount(), "host_key", foreign);
    line.put("a.dat", "a");

    assertThat(fixture.failure(line)).containsIgnoringCase("host key");
    JsonNode test = admin.get("/api/instruments/" + line.instrument() + "/test").json();
    assertThat(test.get("status").asString()).isEqualTo("failed");
  }

  @Test
  void a_test_of_the_connection_keeps_no_host_key(@TempDir Path folder) throws Exception {
    try (OpensshServer other =
        OpensshServer.start(Files.createDirectory(folder.resolve("other")))) {
      Line line = line(keyAccountOf(other), "port", other.port());
      line.put("a.dat", "a");
      assertThat(admin.get("/api/instruments/" + line.instrument() + "/test").expect(200).text())
          .contains("\"status\":\"ok\"");
      newHostKeys(other, folder.resolve("other"));

      fixture.harvest(line);

      assertThat(line.copyOf("a.dat")).exists();
    }
  }

  private String keyAccountOf(OpensshServer other) {
    return account(
        "username", other.user(), "auth_type", "ssh_key", "private_key", other.privateKey());
  }

  private static void newHostKeys(OpensshServer other, Path folder) throws Exception {
    for (String type : List.of("ed25519", "rsa")) {
      String key = folder.resolve("host_" + type).toString();
      Files.delete(Path.of(key));
      Process keygen =
          new ProcessBuilder("ssh-keygen", "-q", "-t", type, "-N", "", "-f", key).start();
      assertThat(keygen.waitFor()).isZero();
    }
    other.restart();
  }

  @Test
  void a_wrong_password_fails_the_run_and_is_not_shown() {
    Line line = line(passwordAccount("not " + PASSWORD));
    line.put("a.dat", "a");

    assertThat(fixture.failure(line)).contains("127.0.0.1").doesNotContain(PASSWORD);
    assertThat(fixture.files(line)).isEmpty();
    assertThat(admin.get("/api/runs?instrument_id=" + line.instrument()).text())
        .contains("STORE_REFUSED_LOGIN");
  }

  @Test
  void an_instrument_without_account_says_what_is_missing() {
    Line line = line(null);

    assertThat(fixture.failure(line)).contains("service account");
  }

  @Test
  void a_port_where_nobody_listens_fails_the_run_naming_it() {
    Line line = line(keyAccount(), "port", 1);

    assertThat(fixture.failure(line)).contains("127.0.0.1");
    assertThat(admin.get("/api/instruments/" + line.instrument() + "/test").expect(200).text())
        .contains("\"status\":\"failed\"");
  }

  @Test
  void a_host_that_does_not_exist_fails_the_run_naming_it() {
    Line line = line(keyAccount());
    admin
        .patch("/api/instruments/" + line.instrument(), json("cifs_host", "no-such-host.invalid"))
        .expect(200);

    assertThat(fixture.failure(line)).contains("no-such-host.invalid");
  }

  @Test
  void a_folder_that_is_missing_on_the_instrument_fails_the_run_naming_it() {
    Line line = line(keyAccount());
    admin
        .patch(
            "/api/instruments/" + line.instrument(),
            json("cifs_base_path", line.source() + "/gone"))
        .expect(200);

    assertThat(fixture.failure(line)).contains("gone");
  }

  @Test
  void what_may_not_be_read_is_told_and_comes_when_it_may() throws IOException {
    Line line = line(bridledAccount());
    line.put("open.dat", "open");
    line.put("closed.dat", "closed");
    line.put("locked/inside.dat", "inside");
    Path closed = line.source().resolve("closed.dat");
    Path locked = line.source().resolve("locked");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));

    JsonNode run = fixture.harvest(line);

    assertThat(fixture.statusOf(line, "open.dat")).isEqualTo("completed");
    assertThat(fixture.statusOf(line, "closed.dat")).isEqualTo("failed");
    assertThat(fixture.transfer(line, "closed.dat").get("error_message").asString())
        .contains("closed.dat");
    String log = admin.get("/api/runs/" + run.get("id").asString() + "/log").expect(200).text();
    assertThat(log).contains("locked").doesNotContain("\tat ");
    assertThat(line.copyOf("closed.dat")).doesNotExist();

    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    fixture.completed(fixture.trigger(line.schedule(), json("retry_failed", true)));
    assertThat(fixture.statusOf(line, "closed.dat")).isEqualTo("completed");
    assertThat(fixture.statusOf(line, "locked/inside.dat")).isEqualTo("completed");
  }

  @Test
  void a_failed_transfer_is_tried_again_by_itself() throws IOException {
    Line line = line(bridledAccount());
    line.put("a.dat", "content");
    Path source = line.source().resolve("a.dat");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("---------"));
    fixture.harvest(line);
    assertThat(fixture.statusOf(line, "a.dat")).isEqualTo("failed");
    assertThat(fixture.transfer(line, "a.dat").get("retry_at").isNull()).isFalse();
    String ark = fixture.file(line, "a.dat").get("persistent_id").asString();
    fixture.harvest(line);
    assertThat(fixture.transfers(line, "a.dat")).as("before it is due").hasSize(1);

    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-r--r--"));
    String schedule = "/api/schedules/" + line.schedule();
    admin.patch(schedule, json("cron_expression", "* * * * *")).expect(200);
    clock.advance(Duration.ofSeconds(61));

    await("a second attempt", () -> fixture.statusOf(line, "a.dat").equals("completed"));
    assertThat(fixture.transfers(line, "a.dat")).hasSize(2);
    assertThat(fixture.transfer(line, "a.dat").get("attempt").asInt()).isEqualTo(2);
    assertThat(fixture.file(line, "a.dat").get("persistent_id").asString()).isEqualTo(ark);
    assertThat(line.copyOf("a.dat")).hasContent("content");
    admin.patch(schedule, json("enabled", false)).expect(200);
  }

  @Test
  @Check("harvest 35")
  void a_server_that_stops_in_mid_copy_and_comes_back_is_harvested_without_anybodys_help()
      throws IOException {
    byte[] content = new byte[20_000_000];
    new Random(36).nextBytes(content);
    try (FaultProxy proxy = FaultProxy.to(server.host(), server.port())) {
      Line line = line(keyAccount(), "port", proxy.port());
      Files.write(line.source().resolve("long.dat"), content);
      proxy.spoil(FaultProxy.Direction.TO_CLIENT, new FaultProxy.Fault.Rate(2_000_000));
      String run = fixture.trigger(line.schedule());
      await("bytes under way", () -> !filesBelow(line.target()).isEmpty());
      server.stop();

      fixture.ended(run);

      JsonNode failed = fixture.transfer(line, "long.dat");
      assertThat(failed.get("status").asString()).isEqualTo("failed");
      assertThat(failed.get("error_message").asString()).isNotBlank().doesNotContain("\tat ");
      assertThat(failed.get("retry_at").isNull()).isFalse();
      assertThat(line.copyOf("long.dat")).doesNotExist();
      assertThat(filesBelow(line.target())).isEmpty();

      proxy.heal();
      server.restart();
      String schedule = "/api/schedules/" + line.schedule();
      admin.patch(schedule, json("cron_expression", "* * * * *")).expect(200);
      clock.advance(Duration.ofSeconds(61));

      await("the copy", () -> fixture.statusOf(line, "long.dat").equals("completed"));
      assertThat(Files.mismatch(line.copyOf("long.dat"), line.source().resolve("long.dat")))
          .isEqualTo(-1);
      admin.patch(schedule, json("enabled", false)).expect(200);
    }
  }

  /** One connection for each file, one file after the other, is what makes small files slow. */
  @Test
  void many_files_share_a_few_connections_and_several_of_them_move_at_once() throws IOException {
    int size = 20_000_000; // too large to share a batch
    try (FaultProxy proxy = FaultProxy.to(server.host(), server.port())) {
      Line line = line(keyAccount(), "port", proxy.port(), "max_parallel", 3);
      for (int i = 0; i < 60; i++) {
        line.put("small/" + i + ".dat", "content of " + i);
      }
      for (int i = 0; i < 3; i++) {
        Files.write(line.source().resolve("large-" + i + ".dat"), new byte[size]);
      }
      proxy.spoil(FaultProxy.Direction.TO_CLIENT, new FaultProxy.Fault.Rate(2_000_000));
      String run = fixture.trigger(line.schedule());
      await("two files that grow together", () -> partial(line.target(), size) >= 2);
      proxy.heal();

      fixture.completed(run);

      assertThat(fixture.files(line)).hasSize(63);
      assertThat(proxy.connections()).isBetween(2, 6);
    }
  }

  /** How many files have begun and not ended. */
  private static long partial(Path folder, long size) {
    return filesBelow(folder).stream()
        .map(name -> folder.resolve(name).toFile().length())
        .filter(length -> length > 1_000 && length < size)
        .count();
  }

  @Test
  void a_connection_that_is_cut_again_and_again_still_brings_the_whole_file() throws IOException {
    byte[] content = new byte[20_000_000];
    new Random(35).nextBytes(content);
    try (FaultProxy proxy = FaultProxy.to(server.host(), server.port())) {
      Line line = line(keyAccount(), "port", proxy.port());
      Files.write(line.source().resolve("long.dat"), content);
      proxy.spoil(FaultProxy.Direction.TO_CLIENT, new FaultProxy.Fault.Cut(8_000_000));

      fixture.harvest(line);

      assertThat(fixture.statusOf(line, "long.dat")).isEqualTo("completed");
      assertThat(Files.mismatch(line.copyOf("long.dat"), line.source().resolve("long.dat")))
          .isEqualTo(-1);
    }
  }
}
