// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import java.util.Optional;

/** Opens the bytes of files for those who may see them. */
public final class FileContents {

  private final Catalog catalog;
  private final StorageLocations locations;
  private final Connectors connectors;

  public FileContents(Catalog catalog, StorageLocations locations, Connectors connectors) {
    this.catalog = catalog;
    this.locations = locations;
    this.connectors = connectors;
  }

  /**
   * A proved copy, open for reading. Close it.
   *
   * @param size in bytes, as it was proved
   * @param xxhash as it was proved, 16 hex digits
   */
  public record Content(String filename, Store store, ObjectPath path, long size, String xxhash)
      implements AutoCloseable {
    @Override
    public void close() {
      store.close();
    }
  }

  /**
   * @param version 0 for the newest that a proved copy exists of
   * @throws EntrepotException {@code NOT_FOUND} when there is no such file, version, or no copy of
   *     it yet
   */
  public Content open(Actor actor, Id id, int version) {
    CatalogFile file = catalog.file(actor, id);
    Transfer copy =
        newestCopy(file, version)
            .orElseThrow(
                () ->
                    new EntrepotException(
                        ErrorCode.NOT_FOUND,
                        "No proved copy of this file"
                            + (version == 0 ? "" : " in version " + version)
                            + " exists"));
    StorageLocation location = locations.any(copy.storageLocation());
    ObjectPath path = below(location, String.valueOf(copy.destinationPath()));
    return new Content(
        file.filename(),
        connectors.open(location),
        path,
        copy.bytesTransferred() == null ? 0 : copy.bytesTransferred(),
        String.valueOf(copy.destChecksum()));
  }

  private Optional<Transfer> newestCopy(CatalogFile file, int version) {
    if (version > 0) {
      return catalog.provedCopy(file.id(), version);
    }
    for (int candidate = file.version(); candidate > 0; candidate--) {
      Optional<Transfer> copy = catalog.provedCopy(file.id(), candidate);
      if (copy.isPresent()) {
        return copy;
      }
    }
    return Optional.empty();
  }

  private static ObjectPath below(StorageLocation location, String destination) {
    String base = location.basePath().replaceFirst("/+$", "");
    boolean inside = base.isEmpty() || destination.startsWith(base + "/");
    if (!inside) {
      throw new EntrepotException(
          ErrorCode.NOT_FOUND,
          "The copy was put at "
              + destination
              + ", and the storage location "
              + location.name()
              + " now begins elsewhere. Set its base path back to read it.");
    }
    return new ObjectPath(destination.substring(base.length()).replaceFirst("^/+", ""));
  }
}
