// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;

/** What earlier attempts may have left under the name of a copy, should that be taken. */
enum Leftover {
  /** Nothing: whatever is there, somebody else put it there. */
  NONE,
  /**
   * A copy of an earlier content: a crash came between its publication and its record, and the
   * original changed since.
   */
  UNPROVED,
  /** The very copy that was proved. */
  PROVED;

  static Leftover of(KnownFile row, int version, ObjectPath target) {
    KnownFile.Last last = row.transfer();
    if (last == null || last.version() != version) {
      return NONE;
    }
    return switch (last.status()) {
      case COMPLETED -> target.text().equals(last.destination()) ? PROVED : NONE;
      case PENDING, IN_PROGRESS, FAILED ->
          row.xxhash() == null && last.errorCode() != ErrorCode.ALREADY_EXISTS ? UNPROVED : NONE;
      case SKIPPED -> NONE;
    };
  }

  /** The error as it is to be told, knowing what was left. */
  EntrepotException told(EntrepotException why, Planned planned) {
    if (why.code() != ErrorCode.ALREADY_EXISTS) {
      return why;
    }
    return switch (this) {
      case NONE -> why;
      case UNPROVED ->
          new StoreException(
              ErrorCode.SOURCE_DIFFERS,
              "A copy of an earlier content, left by a run that was cut off, stands at %s. It stays, and what is there now is kept as the next version."
                  .formatted(planned.target()),
              why);
      case PROVED ->
          new StoreException(
              ErrorCode.CHECKSUM_MISMATCH,
              "The copy at %s no longer holds what was proved. The original stays. Check the disk, and move the copy away so that it is made again."
                  .formatted(planned.target()),
              why);
    };
  }
}
