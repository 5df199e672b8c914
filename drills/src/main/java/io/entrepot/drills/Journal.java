// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was done and what the server acknowledged, in the order it was, each line on disk before the
 * next step. The auditor holds the server to it.
 */
final class Journal implements AutoCloseable {

  private final JsonMapper json = new JsonMapper();
  private final Path file;
  private final FileChannel channel;

  Journal(Path file) {
    this.file = file;
    try {
      this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file is about to appear on the instrument. */
  void source(String path, long size, String sha256) {
    append(Map.of("kind", "source", "path", path, "size", size, "sha256", sha256));
  }

  /** A file stands in the base folder of an instrument. */
  void source(Path file, String sha256) {
    source(file.getFileName().toString(), file.toFile().length(), sha256);
  }

  /** The server showed a file as kept. */
  void kept(String path, String ark, String sha256) {
    append(Map.of("kind", "file", "path", path, "ark", ark, "sha256", sha256));
  }

  private synchronized void append(Map<String, Object> line) {
    try {
      String text = json.writeValueAsString(line) + "\n";
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
