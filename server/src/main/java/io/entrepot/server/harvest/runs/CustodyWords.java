// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.LedgerPlace;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.mover.Proof;
import io.entrepot.storage.mover.VerifiedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes what a harvest did as entries of the custody ledger. */
final class CustodyWords {

  private final Id instrument;
  private final Id location;
  private final String job;

  CustodyWords(HarvestScene scene) {
    instrument = scene.instrument().id();
    location = scene.location().id();
    job = scene.job().job().hex();
  }

  /** A copy was made and proved. */
  CustodyEntry copied(Planned planned, VerifiedCopy copy) {
    Proof proof = copy.proof();
    return new CustodyEntry(
        CustodyEvent.COPIED,
        new CustodyEntry.FileVersion(planned.file(), planned.version()),
        new CustodyEntry.Content(copy.size(), digests(proof)),
        new CustodyEntry.Route(original(planned.stat().path().text()), place(planned.target())),
        cause(
            proof.at(),
            switch (proof.method()) {
              case READ_BACK -> "read back whole and compared";
              case READ_BACK_PAST_CACHE -> "read back from the medium and compared";
              case SERVER_DIGEST -> "compared by the server's own digest";
            }));
  }

  /** A copy is lost, or differs from what was read at the source and was removed. */
  CustodyEntry damaged(Planned planned, String why, Instant at) {
    return new CustodyEntry(
        CustodyEvent.DAMAGED,
        new CustodyEntry.FileVersion(planned.file(), planned.version()),
        CustodyEntry.Content.UNKNOWN,
        new CustodyEntry.Route(original(planned.stat().path().text()), place(planned.target())),
        cause(at, why));
  }

  /** The original was removed because its copy is proved. */
  CustodyEntry originalRemoved(Planned planned, Instant at) {
    return new CustodyEntry(
        CustodyEvent.REMOVED,
        new CustodyEntry.FileVersion(planned.file(), planned.version()),
        new CustodyEntry.Content(planned.stat().size(), List.of()),
        new CustodyEntry.Route("", original(planned.stat().path().text())),
        cause(at, "the original, after its copy was proved"));
  }

  /** The same of one that was gone when a later run looked, which a crash had kept out. */
  CustodyEntry foundRemoved(KnownFile row, Instant at) {
    return new CustodyEntry(
        CustodyEvent.REMOVED,
        new CustodyEntry.FileVersion(row.file(), row.version()),
        new CustodyEntry.Content(row.size(), List.of()),
        new CustodyEntry.Route("", original(row.path())),
        cause(at, "the original, after its copy was proved; found gone after an interruption"));
  }

  private String original(String path) {
    return LedgerPlace.instrument(instrument, path).text();
  }

  private String place(ObjectPath path) {
    return LedgerPlace.storage(location, path.text()).text();
  }

  private CustodyEntry.Cause cause(Instant at, String detail) {
    return new CustodyEntry.Cause(at, "harvest", job, detail);
  }

  private static List<Digest> digests(Proof proof) {
    List<Digest> digests = new ArrayList<>();
    proof.digest(DigestAlgorithm.XXH64).ifPresent(digests::add);
    proof.digest(DigestAlgorithm.SHA256).ifPresent(digests::add);
    return digests;
  }
}
