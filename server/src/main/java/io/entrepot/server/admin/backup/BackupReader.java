// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.admin.backup.Manifest.Part;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads the parts of one backup and believes none that its manifest does not vouch for. */
final class BackupReader implements AutoCloseable {

  /** A manifest names a few hundred checkpoints at most; more is no manifest. */
  private static final int LONGEST_MANIFEST = 16 << 20;

  private static final int BUFFER = 1 << 16;
  private static final FileAttribute<?> SECRET =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path file;
  private final ZipFile zip;

  private BackupReader(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  static BackupReader open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new EntrepotException(ErrorCode.NOT_FOUND, "There is no backup " + file + ".");
    }
    try {
      return new BackupReader(file, new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw new EntrepotException(
          ErrorCode.CHECKSUM_MISMATCH,
          file
              + " is no whole backup: "
              + e.getMessage()
              + ". If it was cut short when it was copied, copy it again; else use another backup.",
          e);
    }
  }

  Manifest manifest() throws IOException {
    ZipEntry entry = entry(Manifest.NAME);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
      CRC32 sum = new CRC32();
      sum.update(bytes);
      // It vouches for all other parts, and only this for it.
      if (sum.getValue() != entry.getCrc()) {
        throw damaged(Manifest.NAME, null);
      }
      Manifest manifest = Manifest.parse(bytes);
      refuseStrangers(manifest);
      return manifest;
    } catch (ZipException | EOFException e) {
      throw damaged(Manifest.NAME, e);
    }
  }

  private void refuseStrangers(Manifest manifest) {
    Set<String> known = manifest.parts().stream().map(Part::name).collect(Collectors.toSet());
    zip.stream()
        .map(ZipEntry::getName)
        .filter(name -> !name.equals(Manifest.NAME) && !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw bad("holds \"" + name + "\", which its manifest does not name");
            });
  }

  /**
   * Puts one part into a new file that only its owner can read, flushed.
   *
   * @throws EntrepotException {@code CHECKSUM_MISMATCH} when it is not what the manifest says
   */
  void unpack(Part part, Path target) throws IOException {
    MessageDigest digest = Sha256.start();
    long size = 0;
    Files.createFile(target, SECRET);
    try (FileChannel out = FileChannel.open(target, StandardOpenOption.WRITE);
        InputStream in = zip.getInputStream(entry(part.name()))) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0 && size <= part.size(); read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        size += read;
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
      out.force(true);
    } catch (ZipException | EOFException e) {
      throw damaged(part.name(), e);
    }
    if (size != part.size() || !HexFormat.of().formatHex(digest.digest()).equals(part.sha256())) {
      throw damaged(part.name(), null);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw bad("has no part " + name);
    }
    return entry;
  }

  private EntrepotException damaged(String part, @Nullable Exception why) {
    return new EntrepotException(
        ErrorCode.CHECKSUM_MISMATCH,
        "The backup %s is damaged: its part %s is not what was written. Use another backup."
            .formatted(file, part),
        why);
  }

  private EntrepotException bad(String how) {
    return new EntrepotException(
        ErrorCode.CHECKSUM_MISMATCH, "The backup " + file + " " + how + ". Use another backup.");
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
