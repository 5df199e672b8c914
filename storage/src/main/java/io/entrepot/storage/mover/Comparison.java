// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Reads whole objects and says whether they hold the bytes they should. */
final class Comparison {

  /** Strongest first: the server is asked for the first of these that it can compute. */
  private static final List<DigestAlgorithm> SERVER_CHOICE =
      List.of(DigestAlgorithm.SHA256, DigestAlgorithm.XXH64, DigestAlgorithm.MD5);

  private final Setting setting;

  Comparison(Setting setting) {
    this.setting = setting;
  }

  /** Compares the copy in {@code place}, written so, with what was read; throws a difference. */
  Proof prove(
      CopyOrder order,
      ObjectPath place,
      WriteOptions written,
      Map<DigestAlgorithm, Digest> expected) {
    Store target = setting.route().target();
    ProofMethod method = order.options().method();
    if (method == ProofMethod.SERVER_DIGEST
        && target.capabilities().contains(Capability.SERVER_DIGEST)) {
      Optional<Digest> served = serverDigest(target, place, expected);
      if (served.isPresent()) {
        boolean same = served.get().equals(expected.get(served.get().algorithm()));
        return proofOrThrow(order, place, same, ProofMethod.SERVER_DIGEST, expected);
      }
    }
    boolean pastCache = method == ProofMethod.READ_BACK_PAST_CACHE && written.durable();
    ReadOptions read = pastCache ? ReadOptions.WHOLE_FROM_MEDIUM : ReadOptions.WHOLE;
    Content held = read(target, place, read, Set.of(DigestAlgorithm.XXH64), order);
    boolean same =
        held.size() == written.size()
            && Objects.equals(
                held.digests().get(DigestAlgorithm.XXH64), expected.get(DigestAlgorithm.XXH64));
    ProofMethod used = pastCache ? ProofMethod.READ_BACK_PAST_CACHE : ProofMethod.READ_BACK;
    return proofOrThrow(order, place, same, used, expected);
  }

  private Proof proofOrThrow(
      CopyOrder order,
      ObjectPath place,
      boolean same,
      ProofMethod method,
      Map<DigestAlgorithm, Digest> expected) {
    if (!same) {
      throw new StoreException(
          ErrorCode.CHECKSUM_MISMATCH,
          """
          the copy of %s (written as %s) does not hold the bytes that were read. It was removed; \
          check the target's disk, memory and network before copying again."""
              .formatted(order.source().path(), place));
    }
    return new Proof(method, expected, setting.clock().instant());
  }

  private static Optional<Digest> serverDigest(
      Store target, ObjectPath place, Map<DigestAlgorithm, Digest> expected) {
    for (DigestAlgorithm algorithm : SERVER_CHOICE) {
      if (expected.containsKey(algorithm)) {
        try {
          return Optional.of(target.digest(place, algorithm));
        } catch (StoreException e) {
          if (e.code() != ErrorCode.NOT_SUPPORTED) {
            throw e;
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Reads a whole object; {@code order} is whose reading it is. */
  Content read(
      Store store,
      ObjectPath path,
      ReadOptions options,
      Set<DigestAlgorithm> algorithms,
      CopyOrder order) {
    Digester digester = new Digester(algorithms);
    byte[] buffer = setting.buffers().take();
    try (InputStream in = store.read(path, options)) {
      long size = 0;
      int got = 0;
      while (got >= 0) {
        SourceStream.refuseWhenCancelled(setting.control(), order);
        size += got;
        digester.update(buffer, 0, got);
        got = in.read(buffer);
      }
      return new Content(size, digester.finish());
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED, path + " could not be read: " + e.getMessage(), e);
    } finally {
      setting.buffers().give(buffer);
    }
  }

  record Content(long size, Map<DigestAlgorithm, Digest> digests) {}
}
