// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.entrepot.base.CanonicalWriter;
import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The ledger's hashes, each over a tag of its own. Not safe for use by several threads. */
public final class LedgerHasher {

  /** Bytes of a hash. */
  public static final int LENGTH = 32;

  static final int VERSION = 1;

  private static final byte[] LEAF = tag("leaf");
  private static final byte[] NODE = tag("node");
  private static final byte[] BLOCK = tag("block");
  private static final byte[] CHECKPOINT = tag("checkpoint");

  private final CanonicalWriter writer = new CanonicalWriter();
  private final MessageDigest sha256 = sha256();

  public byte[] leaf(LedgerEntry entry) {
    EntryContent content = entry.content();
    writer.reset().raw(LEAF).u8(VERSION).text(entry.stream()).i64(entry.sequence());
    writer.i64(content.micros()).text(content.kind()).text(content.subject());
    writer.bytes(content.payload());
    return hash();
  }

  byte[] node(byte[] left, byte[] right) {
    writer.reset().raw(NODE).raw(left).raw(right);
    return hash();
  }

  public Digest block(BlockHeader header) {
    writer.reset().raw(BLOCK).u8(VERSION).text(header.name().stream()).i64(header.name().number());
    writer.i64(header.entries().first()).i64(header.entries().count());
    writer.raw(bytes(header.root())).raw(bytes(header.previous())).i64(header.closedMicros());
    return digest(hash());
  }

  /** The bytes that are signed. */
  static byte[] checkpoint(Checkpoint checkpoint, Digest key) {
    LedgerHead head = checkpoint.head();
    CanonicalWriter out = new CanonicalWriter().raw(CHECKPOINT).u8(VERSION).text(head.stream());
    out.i64(head.entries()).i64(head.block()).raw(bytes(head.blockHash()));
    return out.i64(checkpoint.micros()).raw(bytes(key)).toByteArray();
  }

  private byte[] hash() {
    sha256.update(writer.view());
    return sha256.digest();
  }

  /** A hash in the form that people and records see. */
  public static Digest digest(byte[] hash) {
    return new Digest(DigestAlgorithm.SHA256, HexFormat.of().formatHex(hash));
  }

  public static byte[] bytes(Digest digest) {
    return HexFormat.of().parseHex(digest.hex());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static byte[] tag(String name) {
    return ("entrepot.ledger." + name + "\0").getBytes(US_ASCII);
  }
}
