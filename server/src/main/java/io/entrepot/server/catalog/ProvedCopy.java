// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proved copy, open to be sent once; close it. What is found out about it on the way is entered
 * in the ledger: wrong bytes as damage, a failure to read as just that, and the bytes that were
 * proved as a new proof where it could not be read the last time.
 */
public final class ProvedCopy implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProvedCopy.class);
  private static final int BUFFER = 1 << 17;

  private final String filename;
  private final CopyMarks.Chosen chosen;
  private final Reading reading;
  private final CopyMarks marks;

  /**
   * How it is read.
   *
   * @param told a failure in words for the one who asked
   */
  record Reading(
      Store store, ObjectPath path, String location, UnaryOperator<EntrepotException> told) {}

  ProvedCopy(String filename, CopyMarks.Chosen chosen, Reading reading, CopyMarks marks) {
    this.filename = filename;
    this.chosen = chosen;
    this.reading = reading;
    this.marks = marks;
  }

  public String filename() {
    return filename;
  }

  /** In bytes, as it was proved. */
  public long size() {
    Long bytes = chosen.transfer().bytesTransferred();
    return bytes == null ? 0 : bytes;
  }

  /** As it was proved, 16 hex digits. */
  public String xxhash() {
    return String.valueOf(chosen.transfer().destChecksum());
  }

  /**
   * Writes a part. It is not compared with anything: the proof is of the whole.
   *
   * @throws EntrepotException when it cannot be read, in words for the one who asked
   * @throws IOException when it cannot be written
   */
  public void sendPart(long first, long length, OutputStream out) throws IOException {
    try (InputStream in = reading.store.read(reading.path, ReadOptions.range(first, length))) {
      in.transferTo(out);
    } catch (StoreException e) {
      throw unread(e);
    }
  }

  /**
   * Writes all of it. The last bytes are held back until the digest of all was compared with the
   * proof, so that wrong bytes never arrive whole.
   *
   * @throws EntrepotException {@code CHECKSUM_MISMATCH} when other bytes are there than were
   *     proved; otherwise why it cannot be read, in words for the one who asked
   * @throws IOException when it cannot be written
   */
  public void sendWhole(OutputStream out) throws IOException {
    Digester digester = new Digester(Set.of(DigestAlgorithm.XXH64));
    byte[] last;
    try (InputStream in = reading.store.read(reading.path, ReadOptions.range(0, size()))) {
      last = allButTheLast(in, digester, out);
    } catch (StoreException e) {
      throw unread(e);
    }
    Digest found = Objects.requireNonNull(digester.finish().get(DigestAlgorithm.XXH64));
    if (!found.hex().equals(xxhash())) {
      throw damaged();
    }
    out.write(last);
    if (chosen.unread()) {
      noteAsProved(found);
    }
  }

  /** What was sent is good, whether that can be noted or not. */
  private void noteAsProved(Digest found) {
    try {
      marks.provedAgain(chosen.transfer(), found, size());
    } catch (RuntimeException e) {
      LOG.warn(
          "A copy of {} in the storage location {} can be read again, which could not be noted.",
          filename,
          reading.location,
          e);
    }
  }

  private static byte[] allButTheLast(InputStream in, Digester digester, OutputStream out)
      throws IOException {
    byte[] held = new byte[BUFFER];
    byte[] next = new byte[BUFFER];
    int heldLength = in.readNBytes(held, 0, BUFFER);
    digester.update(held, 0, heldLength);
    for (int got = in.readNBytes(next, 0, BUFFER); got > 0; got = in.readNBytes(next, 0, BUFFER)) {
      out.write(held, 0, heldLength);
      digester.update(next, 0, got);
      byte[] free = held;
      held = next;
      heldLength = got;
      next = free;
    }
    return Arrays.copyOf(held, heldLength);
  }

  private EntrepotException damaged() {
    try {
      marks.damaged(chosen.transfer());
    } catch (RuntimeException e) {
      EntrepotException told =
          mismatch(
              ". That could not be recorded, so that the next download may meet the same copy."
                  + " Tell an administrator.");
      told.addSuppressed(e);
      return told;
    }
    return mismatch(
        " and is marked as damaged; the next download takes another copy, where there is one.");
  }

  private EntrepotException mismatch(String andThen) {
    return new StoreException(
        ErrorCode.CHECKSUM_MISMATCH,
        "The copy of %s in the storage location %s no longer holds what was proved. It was not sent"
                .formatted(filename, reading.location)
            + " whole"
            + andThen);
  }

  /** Told once, not at every try. */
  private EntrepotException unread(StoreException cause) {
    EntrepotException told = reading.told.apply(cause);
    return chosen.unread()
        ? told
        : entered(told, () -> marks.unread(chosen.transfer(), String.valueOf(cause.getMessage())));
  }

  /** The finding is told also where it cannot be entered. */
  private static EntrepotException entered(EntrepotException told, Runnable entry) {
    try {
      entry.run();
    } catch (RuntimeException e) {
      told.addSuppressed(e);
    }
    return told;
  }

  @Override
  public void close() {
    reading.store.close();
  }
}
