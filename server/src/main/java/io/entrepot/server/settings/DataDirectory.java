// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all one server keeps, held by this process alone until it is closed or
 * dies.
 *
 * <p>Only its owner can look inside. What an earlier process left in {@link #temp} is gone.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK = "lock";

  /**
   * What may lie in a folder that no server has used yet. Keys are those of another server on the
   * same PostgreSQL.
   */
  private static final Set<String> HARMLESS = Set.of("entrepot.yaml", "lost+found", "keys");

  private final Path root;
  private final FileChannel channel;

  private DataDirectory(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the folder for this process, making it and what belongs in it.
   *
   * @throws RefusedStartException when another process holds it, when it cannot be written, or when
   *     it is full of something else
   */
  public static DataDirectory claim(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      make(root);
      refuseForeign(root);
      DataDirectory directory = new DataDirectory(root, lock(root));
      directory.prepare();
      return directory;
    } catch (IOException e) {
      throw new RefusedStartException(
          "cannot use the data directory " + root + ": " + reason(e) + "; check its owner and mode",
          e);
    }
  }

  /**
   * Lets a server take a folder that was filled from a backup; until then none does.
   *
   * @param root a folder that holds all that {@link #claim} expects
   */
  public static void adopt(Path root) throws IOException {
    Files.createFile(root.resolve(LOCK));
  }

  /** The process that holds this folder as its data directory; empty when none does. */
  public static OptionalLong holder(Path root) throws IOException {
    Path file = root.resolve(LOCK);
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (tryLock(channel) != null) {
        return OptionalLong.empty();
      }
    }
    String holder = Files.readString(file).strip();
    return OptionalLong.of(holder.isEmpty() ? 0 : Long.parseLong(holder));
  }

  private static String reason(IOException failure) {
    return failure.getClass().getSimpleName().replace("Exception", "")
        + (failure.getMessage() == null ? "" : " (" + failure.getMessage() + ")");
  }

  private static void make(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
      Files.createDirectories(folder);
      return;
    }
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  /** Narrowing the mode of somebody's home, or of /tmp, would break more than our start. */
  private static void refuseForeign(Path root) throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).toList();
      if (!names.contains(LOCK) && !HARMLESS.containsAll(names)) {
        throw new RefusedStartException(
            "the data directory "
                + root
                + " holds files that are not of a server; name an empty or a new folder");
      }
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    Path file = root.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new RefusedStartException(
          "the data directory "
              + root
              + " is in use by the server with process id "
              + Files.readString(file).strip()
              + "; stop it, or name another folder with --entrepot.data");
    }
    channel.truncate(0);
    String holder = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null;
    }
  }

  private void prepare() throws IOException {
    if (Files.getFileStore(root).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    }
    for (Path folder : List.of(keys(), logs(), checkpoints(), temp())) {
      make(folder);
    }
    try (Stream<Path> left = Files.walk(temp())) {
      for (Path entry : left.sorted(Comparator.reverseOrder()).toList()) {
        if (!entry.equals(temp())) {
          Files.delete(entry);
        }
      }
    }
  }

  /** Absolute. */
  public Path root() {
    return root;
  }

  /** The database file, where the database is SQLite. */
  public Path database() {
    return root.resolve("entrepot.db");
  }

  /** Room that is kept for what must be written on a full disk. */
  public Path reserve() {
    return root.resolve("reserve");
  }

  /** Key files, readable by the owner only. */
  public Path keys() {
    return root.resolve("keys");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** For files that need not outlive this process. */
  public Path temp() {
    return root.resolve("temp");
  }

  /** Signed checkpoints of the ledger, to be copied off the machine. */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Gives the folder up. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
