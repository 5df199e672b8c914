// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragePartTest {

  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @TempDir private Path folder;

  private final Database database = TestDatabases.sqlite();
  private StorageLocations locations;
  private Connectors connectors;
  private StoragePart part;

  @BeforeEach
  void open() {
    IdSource ids = new IdSource(() -> NOW, new Random(2));
    PlaceTools tools =
        new PlaceTools(
            new SecretBox(
                SecretKeys.open(folder.resolve("secrets.key"), new SecureRandom()),
                new SecureRandom()),
            new LocalRoots(List.of()),
            ids,
            () -> NOW,
            new AuditTrail(new AuditLog(database, ids, () -> NOW)));
    locations = new StorageLocations(database, tools);
    connectors =
        new Connectors(
            database,
            new ServiceAccounts(database, tools),
            tools,
            _ -> List.of(),
            new StoreMetrics(System::nanoTime));
    part = new StoragePart(connectors, locations);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Path disk(String name) throws Exception {
    return Files.createDirectory(folder.resolve(name)).toRealPath();
  }

  private static StorageLocationDraft posix(Path path) {
    return new StorageLocationDraft("disk", StorageType.POSIX, path.toString(), null, true);
  }

  /** A location whose disk failed. */
  private Id failed(Path disk) {
    StorageLocation location = locations.create(Actor.HOUSE, posix(disk));
    connectors.open(location).close();
    connectors.medium(disk).failed("EIO");
    assertThat(part.trouble()).isPresent();
    return location.id();
  }

  @Test
  void a_disk_that_a_storage_location_was_moved_away_from_is_no_longer_reported() throws Exception {
    Path old = disk("old");
    Path young = disk("young");
    Id id = failed(old);

    locations.update(Actor.HOUSE, id, _ -> posix(young));

    assertThat(part.trouble()).isEmpty();
    locations.update(Actor.HOUSE, id, _ -> posix(old));
    assertThat(part.trouble()).isPresent();
  }

  @Test
  void a_failed_disk_that_drops_out_from_behind_a_link_stays_reported() throws Exception {
    Path disk = disk("disk");
    Path gone = folder.resolve("gone");
    Path link = Files.createSymbolicLink(folder.toRealPath().resolve("link"), disk);
    StorageLocation location = locations.create(Actor.HOUSE, posix(link));
    connectors.open(location).close();
    connectors.medium(disk).failed("EIO");
    assertThat(part.trouble()).isPresent();

    Files.move(disk, gone);
    assertThat(part.trouble()).isPresent();

    Files.move(gone, disk);
    connectors.check(location);
    assertThat(part.trouble()).isEmpty();
    Files.move(disk, gone);
    assertThat(part.trouble()).isEmpty();
  }

  @Test
  void a_disk_of_a_deleted_storage_location_is_reported_again_when_that_comes_back()
      throws Exception {
    Id id = failed(disk("disk"));

    locations.delete(Actor.HOUSE, id);
    assertThat(part.trouble()).isEmpty();

    locations.restore(Actor.HOUSE, id);
    assertThat(part.trouble()).isPresent();
    connectors.check(locations.live(id));
    assertThat(part.trouble()).isEmpty();
  }
}
