// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.server.admin.doctor.Outcome.Fault;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.LocalRoots;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.places.StoreMetrics;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Goes to every place that files come from or are kept in, once for all checks. */
final class Visits {

  private final EntrepotSettings settings;
  private final InstantSource clock;
  private @Nullable List<Visit> instruments;

  Visits(EntrepotSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * A place that could not be used.
   *
   * @param place what it is, for a person
   */
  record Visit(String place, ErrorCode code, String problem) {

    Fault fault() {
      return new Fault(place + ": " + problem, remedy());
    }

    private String remedy() {
      return switch (code) {
        case STORE_ROOT_MISSING, STORE_NOT_FOUND ->
            "mount its disk there, or correct the path on its page";
        case STORE_HOST_KEY_CHANGED ->
            "ask whoever runs that machine whether its key was changed; if so, enter the new one as"
                + " host_key, else somebody is in between";
        case STORE_REFUSED_LOGIN -> "correct its service account";
        case STORE_ACCESS_DENIED, STORE_READ_ONLY, PATH_REFUSED, INVALID_FIELD ->
            "give the server's account access to it, and check entrepot.roots";
        case STORE_UNREACHABLE, STORE_HOST_UNKNOWN, TIMED_OUT ->
            "switch that machine on; check its name, the network and the firewall";
        case NOT_SUPPORTED -> "choose another transport, or switch it off";
        default -> "test it on its page";
      };
    }
  }

  /** The storage locations in use that cannot be. */
  List<Visit> storage(Database database) {
    PlaceTools tools = tools(database);
    Connectors connectors = connectors(database, tools);
    List<Visit> failed = new ArrayList<>();
    for (StorageLocation place : new StorageLocations(database, tools).list(Slice.ALL).items()) {
      if (place.usable()) {
        String name = "storage location \"" + place.name() + "\"";
        visit(name, () -> connectors.open(place), failed);
      }
    }
    return failed;
  }

  /** The instruments in use that cannot be. */
  List<Visit> instruments(Database database) {
    if (instruments == null) {
      Connectors connectors = connectors(database, tools(database));
      List<Visit> failed = new ArrayList<>();
      for (InstrumentPlaces.Named place : InstrumentPlaces.in(database)) {
        String name = "instrument \"" + place.name() + "\"";
        visit(name, () -> connectors.look(place.place()), failed);
      }
      instruments = List.copyOf(failed);
    }
    return instruments;
  }

  private static void visit(String name, Supplier<Store> door, List<Visit> failed) {
    try (Store store = door.get()) {
      store.list(ObjectPath.BASE).close();
    } catch (EntrepotException e) {
      failed.add(new Visit(name, e.code(), String.valueOf(e.getMessage())));
    }
  }

  /** Whether the keys are there without which no place can be opened. */
  boolean arePossible() {
    return Files.exists(keyFile());
  }

  private Path keyFile() {
    return settings.data().resolve("keys").resolve("secrets.key");
  }

  private PlaceTools tools(Database database) {
    SecureRandom random = new SecureRandom();
    IdSource ids = new IdSource(clock, random);
    return new PlaceTools(
        new SecretBox(SecretKeys.open(keyFile(), random), random),
        new LocalRoots(settings.roots()),
        ids,
        clock,
        new AuditTrail(new AuditLog(database, ids, clock)));
  }

  private static Connectors connectors(Database database, PlaceTools tools) {
    return new Connectors(
        database,
        new ServiceAccounts(database, tools),
        tools,
        _ -> List.of(),
        new StoreMetrics(System::nanoTime));
  }
}
