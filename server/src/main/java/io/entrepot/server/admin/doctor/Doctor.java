// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.storage.local.LocalStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes every check, one after the other. */
final class Doctor implements AutoCloseable {

  private final Books books;
  private final Frontage frontage;
  private final List<Check> checks;

  /**
   * @param settings with an absolute data directory
   * @param url the address that browsers use; null where none was named
   */
  Doctor(EntrepotSettings settings, InstantSource clock, Surroundings around, @Nullable URI url) {
    Path data = settings.data();
    this.books = new Books(settings);
    this.frontage = new Frontage(url);
    Visits visits = new Visits(settings, clock);
    this.checks =
        List.of(
            new KernelCheck(LocalStore.obstacle()),
            new DiskCheck(data),
            new OwnerCheck(data),
            new PortCheck(settings),
            new ClockCheck(clock, books, frontage),
            new DatabaseCheck(settings),
            new VersionCheck(settings),
            new KeyFilesCheck(data, books),
            new StorageCheck(books, visits),
            InstrumentsCheck.hostKeys(books, visits),
            new CertificateCheck(frontage, clock),
            InstrumentsCheck.answers(books, visits),
            new LogFolderCheck(data),
            new FileHandlesCheck(around.limits()),
            new HeapCheck(around.heap(), around.memory()),
            new RootsCheck(settings.roots()),
            new LastBackupCheck(data),
            new TimeZoneCheck(around.environment(), books),
            new AssetsCheck(around.classes()),
            new EventStreamCheck(frontage, clock),
            new ProviderCheck(settings),
            new RepositoryLockCheck());
  }

  List<Diagnosis> examine() {
    return checks.stream().map(check -> new Diagnosis(check.name(), look(check))).toList();
  }

  private static Outcome look(Check check) {
    try {
      return check.look();
    } catch (IOException | SQLException | RuntimeException e) {
      return Outcome.fault(
          "this could not be looked at: " + e, "run this as the server's account, or as root");
    }
  }

  @Override
  public void close() {
    books.close();
    frontage.close();
  }
}
