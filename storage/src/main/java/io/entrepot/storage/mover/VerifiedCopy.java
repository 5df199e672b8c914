// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.util.Objects;

/**
 * Evidence that one version of a source stands, whole and with its final name, in a target store:
 * that version was read, the copy was compared with what was read as {@link Proof#method} says, and
 * the copy survives a power cut: it was published, or, where it was found under its name ({@link
 * Outcome.AlreadyThere}), brought to the medium before it was read.
 *
 * <p>It does not show that the source delivered what its medium holds, nor that the copy is still
 * there now. Only the mover makes one, and it is never stored: after a restart both sides are read
 * again.
 */
public final class VerifiedCopy {

  private final Route route;
  private final ObjectStat source;
  private final ObjectPath target;
  private final Proof proof;

  private VerifiedCopy(Route route, ObjectStat source, ObjectPath target, Proof proof) {
    this.route = route;
    this.source = source;
    this.target = target;
    this.proof = proof;
  }

  static VerifiedCopy attest(Route route, ObjectStat source, ObjectPath target, Proof proof) {
    return new VerifiedCopy(route, source, target, proof);
  }

  public Route route() {
    return route;
  }

  /** The version that was copied. */
  public ObjectStat source() {
    return source;
  }

  /** The copy's final name. */
  public ObjectPath target() {
    return target;
  }

  /** Bytes, the same on both sides. */
  public long size() {
    return source.size();
  }

  public Proof proof() {
    return proof;
  }

  public Digest xxh64() {
    return Objects.requireNonNull(proof.digests().get(DigestAlgorithm.XXH64));
  }

  @Override
  public String toString() {
    return source.path() + " → " + target + " (" + size() + " bytes, " + xxh64() + ")";
  }
}
