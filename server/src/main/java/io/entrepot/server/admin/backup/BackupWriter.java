// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import io.entrepot.server.admin.backup.BackupSource.Piece;
import io.entrepot.server.admin.backup.Manifest.Part;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the parts of one backup into a new ZIP file, one after the other. */
final class BackupWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final ZipOutputStream zip;
  private final List<Part> parts = new ArrayList<>();

  BackupWriter(Path file) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    zip = new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    // The server beside this is to keep its processor.
    zip.setLevel(Deflater.BEST_SPEED);
  }

  void add(Piece piece) throws IOException {
    try (InputStream in = Files.newInputStream(piece.file())) {
      add(piece.part(), in);
    }
  }

  private void add(String name, InputStream content) throws IOException {
    MessageDigest digest = Sha256.start();
    zip.putNextEntry(new ZipEntry(name));
    long size = content.transferTo(new DigestOutputStream(zip, digest));
    zip.closeEntry();
    parts.add(new Part(name, size, HexFormat.of().formatHex(digest.digest())));
  }

  /** Ends with the manifest; all is on the disk when this returns. */
  Manifest finish(Instant made, int schema) throws IOException {
    Manifest manifest = new Manifest(Manifest.FORMAT, made, schema, parts);
    zip.putNextEntry(new ZipEntry(Manifest.NAME));
    zip.write(manifest.json());
    zip.closeEntry();
    zip.finish();
    zip.flush();
    channel.force(true);
    return manifest;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
