// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What Java's file exceptions mean to us. */
final class Refusal {

  private Refusal() {}

  static StoreException link(String named) {
    return new StoreException(
        ErrorCode.PATH_REFUSED,
        "\"" + named + "\" is a link, pipe, socket or device, and is never followed or opened.");
  }

  static StoreException whileReading(IOException e, ObjectPath path) {
    return of(e, path, "read", ErrorCode.STORE_READ_FAILED);
  }

  static StoreException whileWriting(IOException e, ObjectPath path) {
    return of(e, path, "written", ErrorCode.STORE_WRITE_FAILED);
  }

  static StoreException whileDeleting(IOException e, ObjectPath path) {
    return e instanceof DirectoryNotEmptyException
        ? new StoreException(
            ErrorCode.CONFLICT_STATE,
            "the folder \"" + path + "\" is not empty. Delete what is in it first.",
            e)
        : whileWriting(e, path);
  }

  private static StoreException of(
      IOException e, ObjectPath path, String verb, ErrorCode otherwise) {
    ErrorCode code =
        switch (e) {
          case NoSuchFileException _, NotDirectoryException _ -> ErrorCode.STORE_NOT_FOUND;
          case AccessDeniedException _ -> ErrorCode.STORE_ACCESS_DENIED;
          case FileAlreadyExistsException _, DirectoryNotEmptyException _ ->
              ErrorCode.ALREADY_EXISTS;
          case ClosedByInterruptException _ -> ErrorCode.CANCELLED;
          default -> byReason(e, otherwise);
        };
    return new StoreException(code, "\"" + path + "\" was not " + verb + ": " + reason(e) + ".", e);
  }

  /** Java tells these apart by the system's words only. */
  private static ErrorCode byReason(IOException e, ErrorCode otherwise) {
    String reason = reason(e);
    if (reason.contains("No space left") || reason.contains("quota")) {
      return ErrorCode.STORE_FULL;
    }
    if (reason.contains("Read-only file system")) {
      return ErrorCode.STORE_READ_ONLY;
    }
    if (reason.contains("Too many levels of symbolic links")) {
      return ErrorCode.PATH_REFUSED;
    }
    return reason.contains("name too long") ? ErrorCode.NAME_REFUSED : otherwise;
  }

  private static String reason(IOException e) {
    String told = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
    return told == null ? e.getClass().getSimpleName() : told;
  }
}
