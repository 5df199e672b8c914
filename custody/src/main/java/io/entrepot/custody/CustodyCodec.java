// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.CanonicalReader;
import io.entrepot.base.CanonicalWriter;
import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry.Cause;
import io.entrepot.custody.CustodyEntry.Content;
import io.entrepot.custody.CustodyEntry.FileVersion;
import io.entrepot.custody.CustodyEntry.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Custody entries as ledger content and back. */
public final class CustodyCodec {

  private static final int VERSION = 1;

  private CustodyCodec() {}

  public static EntryContent encode(CustodyEntry entry) {
    Content content = entry.content();
    CanonicalWriter out = new CanonicalWriter().u8(VERSION).i64(entry.file().version());
    out.i64(content.size()).u8(content.digests().size());
    for (Digest digest : content.digests()) {
      out.text(digest.algorithm().name()).bytes(HexFormat.of().parseHex(digest.hex()));
    }
    out.text(entry.route().from()).text(entry.route().to());
    Cause cause = entry.cause();
    out.text(cause.job()).text(cause.actor()).text(cause.detail());
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, cause.time());
    return new EntryContent(
        micros, entry.event().kind(), entry.file().file().hex(), out.toByteArray());
  }

  /**
   * @throws IllegalArgumentException when this is not the content of a custody entry
   */
  public static CustodyEntry decode(EntryContent content) {
    CanonicalReader in = new CanonicalReader(content.payload());
    int version = in.u8();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a custody entry of version " + version + "; this program knows " + VERSION);
    }
    FileVersion file = new FileVersion(new Id(content.subject()), in.i64());
    Content bytes = new Content(in.i64(), digests(in));
    Route route = new Route(in.text(), in.text());
    String job = in.text();
    Instant time = Instant.EPOCH.plus(content.micros(), ChronoUnit.MICROS);
    Cause cause = new Cause(time, in.text(), job, in.text());
    in.end();
    return new CustodyEntry(CustodyEvent.ofKind(content.kind()), file, bytes, route, cause);
  }

  private static List<Digest> digests(CanonicalReader in) {
    int count = in.u8();
    List<Digest> digests = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      DigestAlgorithm algorithm = DigestAlgorithm.valueOf(in.text());
      digests.add(new Digest(algorithm, HexFormat.of().formatHex(in.bytes())));
    }
    return digests;
  }
}
