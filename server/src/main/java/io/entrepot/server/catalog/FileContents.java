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
import io.entrepot.storage.StoreException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Opens the bytes of files for those who may see them. */
public final class FileContents {

  private final Catalog catalog;
  private final StorageLocations locations;
  private final Connectors connectors;
  private final CopyMarks marks;

  FileContents(
      Catalog catalog, StorageLocations locations, Connectors connectors, CopyMarks marks) {
    this.catalog = catalog;
    this.locations = locations;
    this.connectors = connectors;
    this.marks = marks;
  }

  /**
   * A copy that is not known to be damaged, where there are several one that could be read the last
   * time.
   *
   * @param version 0 for the newest that a proved copy exists of
   * @throws EntrepotException {@code NOT_FOUND} when there is no such file, version, or no copy of
   *     it yet; {@code CHECKSUM_MISMATCH} when every copy is known to be damaged; otherwise why its
   *     store cannot be opened, without paths of the server for those who do not administrate it
   */
  public ProvedCopy open(Actor actor, Id id, int version) {
    CatalogFile file = catalog.file(actor, id);
    List<Transfer> copies = catalog.provedCopies(file.id(), version);
    if (copies.isEmpty()) {
      throw noCopy(version);
    }
    CopyMarks.Chosen chosen = marks.best(file.id(), copies).orElseThrow(() -> allDamaged(file));
    StorageLocation location = locations.any(chosen.transfer().storageLocation());
    UnaryOperator<EntrepotException> told =
        cause -> actor.isAdmin() ? cause : unreadable(location, cause);
    CopyPlace copy = Objects.requireNonNull(chosen.transfer().copy());
    ObjectPath path = copy.inStore().orElseThrow(() -> told.apply(elsewhere(location, copy)));
    return new ProvedCopy(
        file.filename(),
        chosen,
        new ProvedCopy.Reading(opened(location, told), path, location.name(), told),
        marks);
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

  private static EntrepotException allDamaged(CatalogFile file) {
    return new EntrepotException(
        ErrorCode.CHECKSUM_MISMATCH,
        "Every known copy of "
            + file.filename()
            + " is damaged; none was sent. Bring one back from elsewhere; its custody story says"
            + " what it has to hold.");
  }

  private static EntrepotException elsewhere(StorageLocation location, CopyPlace copy) {
    return new EntrepotException(
        ErrorCode.STORE_NOT_FOUND,
        "The copy was put at "
            + copy.shown()
            + ", and the storage location "
            + location.name()
            + " now begins at another folder. Read it there.");
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
