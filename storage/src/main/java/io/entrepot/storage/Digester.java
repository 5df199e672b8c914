// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;
import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes several digests over the same bytes in one pass. For one thread, used once. */
public final class Digester {

  private @Nullable HashStream64 xxh64;
  private final Map<DigestAlgorithm, MessageDigest> others = new EnumMap<>(DigestAlgorithm.class);

  public Digester(Set<DigestAlgorithm> algorithms) {
    for (DigestAlgorithm algorithm : algorithms) {
      switch (algorithm) {
        case XXH64 -> xxh64 = Hashing.xxh64().hashStream();
        case SHA256 -> others.put(algorithm, messageDigest("SHA-256"));
        case MD5 -> others.put(algorithm, messageDigest("MD5"));
      }
    }
  }

  public void update(byte[] bytes, int offset, int length) {
    if (xxh64 != null) {
      xxh64.putBytes(bytes, offset, length);
    }
    others.values().forEach(digest -> digest.update(bytes, offset, length));
  }

  /** One digest for each algorithm asked for, over all bytes so far. Ends this digester. */
  public Map<DigestAlgorithm, Digest> finish() {
    Map<DigestAlgorithm, Digest> digests = new EnumMap<>(DigestAlgorithm.class);
    if (xxh64 != null) {
      String hex = HexFormat.of().toHexDigits(xxh64.getAsLong());
      digests.put(DigestAlgorithm.XXH64, new Digest(DigestAlgorithm.XXH64, hex));
    }
    others.forEach(
        (algorithm, digest) ->
            digests.put(
                algorithm, new Digest(algorithm, HexFormat.of().formatHex(digest.digest()))));
    return digests;
  }

  private static MessageDigest messageDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + name, e);
    }
  }
}
