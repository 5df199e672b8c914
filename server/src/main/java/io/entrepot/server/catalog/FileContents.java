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
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.Objects;
import java.util.function.UnaryOperator;

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
  public record Content(
      String filename,
      Store store,
      ObjectPath path,
      long size,
      String xxhash,
      UnaryOperator<EntrepotException> told)
      implements AutoCloseable {

    /**
     * @throws EntrepotException when it cannot be read, in words for the one who asked
     */
    public InputStream read(ReadOptions options) {
      try {
        return store.read(path, options);
      } catch (EntrepotException e) {
        throw told.apply(e);
      }
    }

    @Override
    public void close() {
      store.close();
    }
  }

  /**
   * @param version 0 for the newest that a proved copy exists of
   * @throws EntrepotException {@code NOT_FOUND} when there is no such file, version, or no copy of
   *     it yet; otherwise why its store cannot be opened, without paths of the server for those who
   *     do not administrate it
   */
  public Content open(Actor actor, Id id, int version) {
    CatalogFile file = catalog.file(actor, id);
    Transfer transfer = catalog.provedCopy(file.id(), version).orElseThrow(() -> noCopy(version));
    StorageLocation location = locations.any(transfer.storageLocation());
    UnaryOperator<EntrepotException> told =
        cause -> actor.isAdmin() ? cause : unreadable(location, cause);
    CopyPlace copy = Objects.requireNonNull(transfer.copy());
    ObjectPath path = copy.inStore().orElseThrow(() -> told.apply(elsewhere(location, copy)));
    return new Content(
        file.filename(),
        opened(location, told),
        path,
        transfer.bytesTransferred() == null ? 0 : transfer.bytesTransferred(),
        String.valueOf(transfer.destChecksum()),
        told);
  }

  private Store opened(StorageLocation location, UnaryOperator<EntrepotException> told) {
    try {
      return connectors.open(location);
    } catch (EntrepotException e) {
      throw told.apply(e);
    }
  }

  private static EntrepotException noCopy(int version) {
    return new EntrepotException(
        ErrorCode.NOT_FOUND,
        "No proved copy of this file" + (version == 0 ? "" : " in version " + version) + " exists");
  }

  private static EntrepotException elsewhere(StorageLocation location, CopyPlace copy) {
    return new EntrepotException(
        ErrorCode.STORE_NOT_FOUND,
        "The copy was put at "
            + copy.shown()
            + ", and the storage location "
            + location.name()
            + " began elsewhere when this server was brought up to date. Read it there.");
  }

  private static EntrepotException unreadable(StorageLocation location, EntrepotException cause) {
    return new EntrepotException(
        cause instanceof StoreException ? cause.code() : ErrorCode.STORE_UNREACHABLE,
        "The copy in the storage location "
            + location.name()
            + " cannot be read now. Tell an administrator, who is shown why.",
        cause);
  }
}
