// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database file, read so that nothing is left beside it.
 *
 * <p>One that a server has open is read beside it. One that lies there alone is read as it lies;
 * when a server that ended without closing it left a log of changes, a copy of both is read,
 * because whoever reads such a log writes a file beside it.
 */
final class SqliteFile implements AutoCloseable {

  private record Look(long size, FileTime modified, boolean logged) {}

  private final Path file;
  private final Connection connection;
  private final @Nullable Look before;
  private final @Nullable Path scratch;

  private SqliteFile(
      Path file, Connection connection, @Nullable Look before, @Nullable Path scratch) {
    this.file = file;
    this.connection = connection;
    this.before = before;
    this.scratch = scratch;
  }

  static SqliteFile open(Path file) {
    try {
      if (isServed(file)) {
        return new SqliteFile(file, ReadOnlyDatabase.shared(file), null, null);
      }
      Look before = look(file);
      return before.logged()
          ? copied(file, before)
          : new SqliteFile(file, ReadOnlyDatabase.atRest(file), before, null);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  Connection connection() {
    return connection;
  }

  /** What was read counts only when nobody took the file into use meanwhile. */
  void confirm() {
    try {
      if (before != null && (isServed(file) || !look(file).equals(before))) {
        throw new EntrepotException(
            ErrorCode.STORE_READ_FAILED,
            file + " was taken into use while it was read. Nothing was judged; do it again.");
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** A server holds the file named lock in its data directory as long as it lives. */
  private static boolean isServed(Path file) throws IOException {
    Path lock = file.resolveSibling("lock");
    if (!Files.isRegularFile(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ);
        FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return free == null;
    } catch (OverlappingFileLockException inThisProcess) {
      return true;
    }
  }

  private static Look look(Path file) throws IOException {
    Path log = log(file);
    boolean logged = Files.exists(log) && Files.size(log) > 0;
    return new Look(Files.size(file), Files.getLastModifiedTime(file), logged);
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static SqliteFile copied(Path file, Look before) throws IOException {
    Path scratch = Files.createTempDirectory(scratchRoot(), "entrepot-custody-");
    SqliteFile copy = null;
    try {
      refuseTooLarge(file, scratch);
      Path database = Files.copy(file, scratch.resolve("database"));
      var ignored = Files.copy(log(file), log(database));
      copy = new SqliteFile(file, ReadOnlyDatabase.shared(database), before, scratch);
      copy.confirm();
      return copy;
    } finally {
      if (copy == null) {
        remove(scratch);
      }
    }
  }

  private static Path scratchRoot() {
    return Path.of(
        Optional.ofNullable(System.getenv("TMPDIR"))
            .orElseGet(() -> System.getProperty("java.io.tmpdir")));
  }

  private static void refuseTooLarge(Path file, Path scratch) throws IOException {
    long needed = Files.size(file) + 2 * Files.size(log(file));
    long free = Files.getFileStore(scratch).getUsableSpace();
    if (free < needed) {
      throw new EntrepotException(
          ErrorCode.STORE_FULL,
          ("A server that did not stop in order left %s with a log of changes, so a copy is read:"
                  + " %,d bytes are needed in %s, and %,d are free. Name another folder with TMPDIR.")
              .formatted(file, needed, scratch.getParent(), free));
    }
  }

  private static void remove(Path scratch) {
    try (Stream<Path> all = Files.list(scratch)) {
      for (Path each : all.toList()) {
        Files.delete(each);
      }
      Files.delete(scratch);
    } catch (IOException e) {
      System.err.println("entrepot: " + scratch + " could not be removed: " + e.getMessage());
    }
  }

  private static EntrepotException unreadable(Path file, IOException cause) {
    return new EntrepotException(
        ErrorCode.STORE_READ_FAILED, file + " cannot be read: " + cause.getMessage(), cause);
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      if (scratch != null) {
        remove(scratch);
      }
    }
  }
}
