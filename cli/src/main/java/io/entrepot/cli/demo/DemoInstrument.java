// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * A folder that behaves like a laboratory's: spectra, images and tables appear in it, and one long
 * acquisition keeps growing for a while.
 */
final class DemoInstrument {

  private static final int POINTS = 16_384;
  private static final int FITS_BLOCK = 2_880;
  private static final int FITS_CARD = 80;
  private static final int SIDE = 256;
  private static final int GROWING_CHUNK = 256 << 10;
  private static final int GROWING_CHUNKS = 20;
  private static final Duration GROWING_PAUSE = Duration.ofMillis(300);
  private static final String GROWING = "long-run/overnight.d/acquisition.raw";

  private final Path folder;
  private final Random random;
  private int sample;
  private int files;

  DemoInstrument(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
  }

  Path folder() {
    return folder;
  }

  /** How many files there are by now, the growing one among them once it was begun. */
  synchronized int files() {
    return files;
  }

  /** The files of one more sample. */
  synchronized void measure() {
    String name = "sample-%03d".formatted(++sample);
    put("nmr/" + name + "/1/fid", freeInductionDecay());
    put("nmr/" + name + "/1/acqus", acquisitionParameters(name));
    put("ms/" + name + ".mzML", massSpectrum(name));
    put("microscope/" + name + ".fits", image(name));
    put("plate-reader/" + name + ".csv", table());
  }

  /** Begins the long acquisition and returns; it grows for about six seconds. */
  Thread beginLongRun() {
    synchronized (this) {
      files++;
    }
    return Thread.ofVirtual().start(this::grow);
  }

  private void grow() {
    Path file = folder.resolve(GROWING);
    try {
      Files.createDirectories(file.getParent());
      byte[] chunk = new byte[GROWING_CHUNK];
      for (int i = 0; i < GROWING_CHUNKS; i++) {
        random.nextBytes(chunk);
        Files.write(file, chunk, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Thread.sleep(GROWING_PAUSE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void put(String path, byte[] content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(content);
      }
      files++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Complex points of a decaying signal, as Bruker spectrometers store them. */
  private byte[] freeInductionDecay() {
    ByteBuffer bytes = ByteBuffer.allocate(POINTS * 8).order(ByteOrder.LITTLE_ENDIAN);
    double frequency = 0.05 + random.nextDouble() / 10;
    for (int i = 0; i < POINTS; i++) {
      double decay = 1e6 * Math.exp(-4.0 * i / POINTS);
      bytes.putInt((int) (decay * Math.cos(frequency * i) + 500 * random.nextGaussian()));
      bytes.putInt((int) (decay * Math.sin(frequency * i) + 500 * random.nextGaussian()));
    }
    return bytes.array();
  }

  private byte[] acquisitionParameters(String name) {
    return ascii(
        """
        ##TITLE= Parameter file
        ##JCAMPDX= 5.0
        ##$NUC1= <1H>
        ##$TD= %d
        ##$BYTORDA= 0
        ##$NAME= <%s>
        ##END=
        """
            .formatted(2 * POINTS, name));
  }

  private byte[] massSpectrum(String name) {
    StringBuilder peaks = new StringBuilder();
    for (int i = 0; i < 400; i++) {
      peaks.append(
          String.format(
              Locale.ROOT,
              "%.4f %.1f ",
              100 + 2 * i + random.nextDouble(),
              random.nextDouble() * 1e5));
    }
    return ascii(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <mzML xmlns="http://psi.hupo.org/ms/mzml" version="1.1.0" id="%s">
          <run id="%s"><spectrumList count="1"><spectrum index="0">%s</spectrum></spectrumList></run>
        </mzML>
        """
            .formatted(name, name, peaks));
  }

  private byte[] image(String name) {
    ByteBuffer bytes = ByteBuffer.allocate(FITS_BLOCK + rounded(SIDE * SIDE * 2));
    byte[] header = new byte[FITS_BLOCK];
    Arrays.fill(header, (byte) ' ');
    String[] cards = {
      "SIMPLE  =                    T",
      "BITPIX  =                   16",
      "NAXIS   =                    2",
      "NAXIS1  =                  " + SIDE,
      "NAXIS2  =                  " + SIDE,
      "OBJECT  = '" + name + "'",
      "END",
    };
    for (int i = 0; i < cards.length; i++) {
      byte[] card = ascii(cards[i]);
      System.arraycopy(card, 0, header, i * FITS_CARD, card.length);
    }
    bytes.put(header);
    for (int i = 0; i < SIDE * SIDE; i++) {
      bytes.putShort((short) (1_000 + 50 * random.nextGaussian()));
    }
    return bytes.array();
  }

  private static int rounded(int bytes) {
    return (bytes + FITS_BLOCK - 1) / FITS_BLOCK * FITS_BLOCK;
  }

  private byte[] table() {
    StringBuilder text = new StringBuilder("well,absorbance\n");
    for (int i = 0; i < 96; i++) {
      char row = (char) ('A' + i / 12);
      text.append(String.format(Locale.ROOT, "%s%d,%.4f%n", row, 1 + i % 12, random.nextDouble()));
    }
    return ascii(text.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
