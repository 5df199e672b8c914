// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Set;

/** One open folder; every name is looked up in it and links are not followed. */
final class PortableFolder implements AutoCloseable {

  private static final Path SELF = Path.of(".");

  final SecureDirectoryStream<Path> stream;

  PortableFolder(SecureDirectoryStream<Path> stream) {
    this.stream = stream;
  }

  /** The name as Java's paths have it; refused when it would not come back byte for byte. */
  static Path spell(String name) {
    try {
      boolean raw = name.chars().anyMatch(c -> c == '\ufffd' || (c >= 0xef80 && c <= 0xefff));
      if (!raw) {
        return Path.of(name);
      }
    } catch (InvalidPathException e) {
      // Refused below, like all that cannot be spelled.
    }
    throw new StoreException(
        ErrorCode.NAME_REFUSED,
        "\"" + name + "\" cannot be used on this system byte for byte. Rename it.");
  }

  private static Path nameOf(ObjectPath path) {
    return path.isBase() ? SELF : spell(path.name());
  }

  PortableFolder enter(String name) throws IOException {
    Path path = spell(name);
    BasicFileAttributes attributes = view(path).readAttributes();
    if (attributes.isSymbolicLink()) {
      throw Refusal.link(name);
    }
    return new PortableFolder(
        (SecureDirectoryStream<Path>) stream.newDirectoryStream(path, LinkOption.NOFOLLOW_LINKS));
  }

  boolean holds(String name) throws IOException {
    try {
      var ignored = view(spell(name)).readAttributes();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private BasicFileAttributeView view(ObjectPath path) {
    return view(nameOf(path));
  }

  private BasicFileAttributeView view(Path name) {
    return stream.getFileAttributeView(
        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  void setModified(ObjectPath path, FileTime modified) throws IOException {
    view(path).setTimes(modified, null, null);
  }

  Object identity() throws IOException {
    BasicFileAttributes own =
        stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes();
    return Objects.requireNonNullElse(own.fileKey(), "");
  }

  ObjectStat stat(ObjectPath path) throws IOException {
    return toObject(view(path).readAttributes(), path);
  }

  static ObjectStat toObject(BasicFileAttributes found, ObjectPath path) {
    Kind kind =
        found.isRegularFile()
            ? Kind.FILE
            : found.isDirectory() ? Kind.FOLDER : found.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    return new ObjectStat(
        path,
        kind,
        kind == Kind.FILE ? found.size() : 0,
        found.lastModifiedTime().toInstant(),
        String.valueOf(found.fileKey()));
  }

  FileChannel openFile(ObjectPath path) throws IOException {
    Kind kind = stat(path).kind();
    switch (kind) {
      case FILE -> {}
      case FOLDER -> throw new NoSuchFileException(path.text());
      case LINK, OTHER -> throw Refusal.link(path.text());
    }
    return (FileChannel)
        stream.newByteChannel(
            nameOf(path), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  FileChannel create(Path name) throws IOException {
    return (FileChannel)
        stream.newByteChannel(
            name,
            Set.of(
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS));
  }

  void refuseFolderAt(ObjectPath path) throws IOException {
    try {
      if (stat(path).kind() == Kind.FOLDER) {
        throw new FileAlreadyExistsException(path.text());
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  void moveHere(PortableFolder from, Path name, ObjectPath to) throws IOException {
    moveHere(from, name, nameOf(to));
  }

  void moveHere(PortableFolder from, Path name, Path to) throws IOException {
    from.stream.move(name, stream, to);
  }

  void delete(ObjectPath path) throws IOException {
    if (stat(path).kind() == Kind.FOLDER) {
      stream.deleteDirectory(nameOf(path));
    } else {
      stream.deleteFile(nameOf(path));
    }
  }

  void flush() throws IOException {
    try (FileChannel self =
        (FileChannel) stream.newByteChannel(SELF, Set.of(StandardOpenOption.READ))) {
      self.force(true);
    }
  }

  /** For what was ours and is not wanted; when that fails too, the first failure is told. */
  void discard(Path name) {
    try {
      stream.deleteFile(name);
    } catch (IOException e) {
      return;
    }
  }

  void discardFolder(Path name) {
    try {
      stream.deleteDirectory(name);
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
