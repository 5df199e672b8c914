// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry.Cause;
import io.entrepot.custody.CustodyEntry.Content;
import io.entrepot.custody.CustodyEntry.FileVersion;
import io.entrepot.custody.CustodyEntry.Route;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/** Custody entries as a harvest would write them, from a seeded generator. */
public final class TestEntries {

  private TestEntries() {}

  public static EntryContent random(RandomGenerator random) {
    return CustodyCodec.encode(randomEntry(random));
  }

  static CustodyEntry randomEntry(RandomGenerator random) {
    CustodyEvent[] events = CustodyEvent.values();
    Digest xxh64 = new Digest(DigestAlgorithm.XXH64, hex(random, 8));
    Digest sha256 = new Digest(DigestAlgorithm.SHA256, hex(random, 32));
    String path = "/run " + random.nextInt(1000) + "/größe-" + random.nextInt() + ".raw";
    Instant time = Instant.EPOCH.plus(random.nextLong(1L << 51), ChronoUnit.MICROS);
    return new CustodyEntry(
        events[random.nextInt(events.length)],
        new FileVersion(new Id(hex(random, 12)), 1 + random.nextInt(3)),
        new Content(random.nextLong(1L << 40), List.of(xxh64, sha256)),
        new Route("source:" + path, "target:" + path),
        new Cause(time, hex(random, 12), hex(random, 12), random.nextBoolean() ? "" : "détail"));
  }

  private static String hex(RandomGenerator random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
