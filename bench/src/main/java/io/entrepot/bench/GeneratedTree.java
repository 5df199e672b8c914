// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tree of files made from a seed: by size half of it random bytes, a third text and the rest
 * copies of files before. The same seed makes the same tree anywhere.
 */
final class GeneratedTree {

  private static final int CHUNK = 1 << 16;
  private static final double RANDOM_SHARE = 0.5;
  private static final double TEXT_SHARE = 0.33;
  private static final int FILES_IN_A_FOLDER = 100;

  private final Path root;
  private final SplittableRandom random;
  private final List<Path> made = new ArrayList<>();

  private GeneratedTree(Path root, long seed) {
    this.root = root;
    this.random = new SplittableRandom(seed);
  }

  /** 2.15 GB in 376 files, from a few hundred KB to some tens of MB. */
  static Path mixed(Path root, int percent) {
    return new GeneratedTree(root, BenchSettings.SEED)
        .make(376, 2_150_000_000L * percent / 100, 1.1);
  }

  /** 409 MB in 50,000 files. */
  static Path small(Path root, int percent) {
    return new GeneratedTree(root, BenchSettings.SEED + 1)
        .make(50_000 * percent / 100, 409_000_000L * percent / 100, 0.6);
  }

  /** So many files of 16 bytes. */
  static Path tiny(Path root, int files) {
    return new GeneratedTree(root, BenchSettings.SEED + 2).make(files, 16L * files, 0);
  }

  /**
   * @param spread standard deviation of the logarithm of a file's size
   */
  private Path make(int files, long bytes, double spread) {
    Path done = root.resolveSibling(root.getFileName() + ".done");
    if (Files.exists(done)) {
      return root;
    }
    Folders.delete(root);
    long[] sizes = sizes(files, bytes, spread);
    try {
      for (int i = 0; i < files; i++) {
        write(i, sizes[i]);
      }
      Files.writeString(done, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return root;
  }

  private long[] sizes(int files, long bytes, double spread) {
    double[] weights = new double[files];
    double sum = 0;
    for (int i = 0; i < files; i++) {
      weights[i] = Math.exp(spread * normal());
      sum += weights[i];
    }
    long[] sizes = new long[files];
    for (int i = 0; i < files; i++) {
      sizes[i] = Math.max(1, Math.round(bytes * weights[i] / sum));
    }
    return sizes;
  }

  /** Near enough to a normal distribution: the sum of twelve even ones. */
  private double normal() {
    double sum = -6;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum;
  }

  private void write(int number, long size) throws IOException {
    Path folder = root.resolve("run-%04d".formatted(number / FILES_IN_A_FOLDER));
    Files.createDirectories(folder);
    Path file = folder.resolve("measurement-%06d.raw".formatted(number));
    double kind = random.nextDouble();
    if (kind >= RANDOM_SHARE + TEXT_SHARE && !made.isEmpty()) {
      Files.copy(made.get(random.nextInt(made.size())), file);
    } else {
      fill(file, size, kind < RANDOM_SHARE);
    }
    made.add(file);
  }

  private void fill(Path file, long size, boolean noise) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= CHUNK) {
        int length = (int) Math.min(CHUNK, left);
        out.write(noise ? noise(length) : text(length), 0, length);
      }
    }
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] text(int length) {
    StringBuilder text = new StringBuilder(length + 64);
    while (text.length() < length) {
      text.append("channel ").append(random.nextInt(64));
      text.append(" intensity ").append(random.nextInt(1_000_000)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
