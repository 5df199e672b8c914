// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;

/**
 * A checkpoint with the key that signed it and the signature, not yet believed: {@link #holds} says
 * whether the signature is right, and only the reader can know whether the key is.
 *
 * @param signature 64 bytes in base64
 */
public record SignedCheckpoint(Checkpoint checkpoint, LedgerPublicKey key, String signature) {

  private static final String FIRST_LINE = "entrepot checkpoint 1";
  private static final List<String> NAMES =
      List.of("stream", "entries", "block", "block-hash", "time", "key", "public-key", "signature");

  /** Whether the key that comes with it made this signature over exactly this statement. */
  public boolean holds() {
    byte[] bytes = Base64.getDecoder().decode(signature);
    return key.accepts(LedgerHasher.checkpoint(checkpoint, key.id()), bytes);
  }

  /** The nine lines a person can copy off. */
  public String text() {
    LedgerHead head = checkpoint.head();
    List<String> values =
        List.of(
            head.stream(),
            Long.toString(head.entries()),
            Long.toString(head.block()),
            head.blockHash().hex(),
            Instant.EPOCH.plus(checkpoint.micros(), ChronoUnit.MICROS).toString(),
            key.id().hex(),
            key.base64(),
            signature);
    StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
    for (int i = 0; i < values.size(); i++) {
      text.append(NAMES.get(i)).append(": ").append(values.get(i)).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote. Carriage returns and blank ends that a mail program added are
   * forgiven; anything else that differs is not.
   *
   * @throws IllegalArgumentException when this is not the text of a checkpoint; says why
   */
  public static SignedCheckpoint parse(String text) {
    List<String> lines = text.strip().lines().map(String::strip).toList();
    if (lines.size() != NAMES.size() + 1 || !lines.getFirst().equals(FIRST_LINE)) {
      throw new IllegalArgumentException(
          "a checkpoint has nine lines and begins with \"" + FIRST_LINE + "\"");
    }
    try {
      SignedCheckpoint parsed = parse(lines);
      if (!parsed.text().lines().toList().equals(lines)) {
        throw new IllegalArgumentException("the key id is not that of the public key");
      }
      return parsed;
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("a checkpoint's time is not a time", e);
    }
  }

  private static SignedCheckpoint parse(List<String> lines) {
    LedgerHead head =
        new LedgerHead(
            value(lines, 0),
            Long.parseLong(value(lines, 1)),
            Long.parseLong(value(lines, 2)),
            new Digest(DigestAlgorithm.SHA256, value(lines, 3)));
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(value(lines, 4)));
    LedgerPublicKey key = new LedgerPublicKey(value(lines, 6));
    String signature = value(lines, 7);
    Base64.getDecoder().decode(signature);
    return new SignedCheckpoint(new Checkpoint(head, micros), key, signature);
  }

  private static String value(List<String> lines, int index) {
    String start = NAMES.get(index) + ": ";
    String line = lines.get(index + 1);
    if (!line.startsWith(start)) {
      throw new IllegalArgumentException("a checkpoint's line should begin with \"" + start + "\"");
    }
    return line.substring(start.length());
  }
}
