// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The base folder of a portable store, opened for each verb and known again by its identity. */
final class PortableBase {

  private final LocalSettings settings;
  private final Unfinished unfinished;
  private @Nullable Object identity;

  PortableBase(LocalSettings settings, Unfinished unfinished) {
    this.settings = settings;
    this.unfinished = unfinished;
  }

  String unusedName() {
    return unfinished.name();
  }

  /** The folder at this path, reached without following a link. */
  PortableFolder walk(ObjectPath path) throws IOException {
    PortableFolder at = open();
    for (String name : path.names()) {
      try (PortableFolder above = at) {
        at = above.enter(name);
      }
    }
    return at;
  }

  /** As {@link #walk}; folders that are missing are made. */
  PortableFolder make(ObjectPath path) throws IOException {
    PortableFolder at = open();
    for (String name : path.names()) {
      try (PortableFolder above = at) {
        at = enterOrMake(above, name);
      } catch (NotDirectoryException e) {
        throw new FileAlreadyExistsException(name);
      }
    }
    return at;
  }

  private PortableFolder enterOrMake(PortableFolder above, String name) throws IOException {
    try {
      return above.enter(name);
    } catch (NoSuchFileException e) {
      makeIn(above, name);
      return above.enter(name);
    }
  }

  /**
   * There is no way to make a folder inside an open one, so it is made in the base, whose path
   * nobody can bend, and moved from there. One at a time: a move takes the place of an empty
   * folder, in which another thread may be about to write.
   */
  private synchronized void makeIn(PortableFolder above, String name) throws IOException {
    if (above.holds(name)) {
      return;
    }
    Path made = Path.of(unusedName());
    Files.createDirectory(settings.base().resolve(made));
    try (PortableFolder root = open()) {
      try {
        above.moveHere(root, made, PortableFolder.spell(name));
        above.flush();
      } catch (IOException e) {
        root.discardFolder(made);
        // Somebody else made it meanwhile, which is as good.
        if (!above.holds(name)) {
          throw e;
        }
      }
    }
  }

  private synchronized PortableFolder open() throws IOException {
    PortableFolder folder = new PortableFolder(stream());
    try {
      refuseAnother(folder);
      return folder;
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private SecureDirectoryStream<Path> stream() throws IOException {
    DirectoryStream<Path> stream;
    try {
      stream = Files.newDirectoryStream(settings.base());
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw missing();
    }
    if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
      stream.close();
      throw new StoreException(
          ErrorCode.NOT_SUPPORTED,
          "this system offers no way to stay inside a folder safely. Use another kind of store.");
    }
    return secure;
  }

  private void refuseAnother(PortableFolder opened) throws IOException {
    Object found = opened.identity();
    if (settings.exact() && !standsUnderItsPath(found)) {
      throw Base.linked(settings.base().toString());
    }
    if (identity == null) {
      identity = found;
    }
    if (!found.equals(identity)) {
      throw missing();
    }
    if (!markerIsThere(opened.stream)) {
      throw unmarked();
    }
  }

  /**
   * Looked at after the opening, because Java cannot open a whole path without following links, and
   * the folders above may not be readable one by one.
   */
  private boolean standsUnderItsPath(Object found) {
    Path base = settings.base();
    try {
      return base.toRealPath().equals(base)
          && found.equals(
              Files.readAttributes(base, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                  .fileKey());
    } catch (IOException e) {
      return false;
    }
  }

  private boolean markerIsThere(SecureDirectoryStream<Path> root) throws IOException {
    if (settings.marker().isEmpty()) {
      return true;
    }
    try {
      var ignored =
          root.getFileAttributeView(
                  Path.of(settings.marker()),
                  BasicFileAttributeView.class,
                  LinkOption.NOFOLLOW_LINKS)
              .readAttributes();
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private StoreException missing() {
    return new StoreException(
        ErrorCode.STORE_ROOT_MISSING,
        "the folder "
            + settings.base()
            + " is not there, or is not the one that was opened. Mount or restore it.");
  }

  private StoreException unmarked() {
    return new StoreException(
        ErrorCode.STORE_ROOT_MISSING,
        "the folder %s lacks the file \"%s\" by which it is known. Mount its disk there. If another folder now takes its place, put an empty file of that name into it."
            .formatted(settings.base(), settings.marker()));
  }
}
