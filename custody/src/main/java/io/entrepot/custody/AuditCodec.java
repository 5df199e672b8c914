// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.CanonicalReader;
import io.entrepot.base.CanonicalWriter;
import io.entrepot.custody.AuditEntry.Credential;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.custody.AuditEntry.Person;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Audit entries as ledger content and back. */
public final class AuditCodec {

  private static final int VERSION = 2;

  /** Says nothing of the credential. */
  private static final int FIRST_VERSION = 1;

  private AuditCodec() {}

  public static EntryContent encode(AuditEntry entry) {
    Person actor = entry.actor();
    CanonicalWriter out = new CanonicalWriter().u8(VERSION).text(actor.account());
    Credential credential = actor.credential();
    out.text(actor.email()).text(actor.address());
    out.text(credential.kind()).text(credential.id()).text(credential.label());
    out.text(entry.changes());
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, entry.time());
    return new EntryContent(micros, entry.action(), entry.entity().subject(), out.toByteArray());
  }

  /**
   * @throws IllegalArgumentException when this is not the content of an audit entry
   */
  public static AuditEntry decode(EntryContent content) {
    CanonicalReader in = new CanonicalReader(content.payload());
    int version = in.u8();
    if (version != VERSION && version != FIRST_VERSION) {
      throw new IllegalArgumentException(
          "an audit entry of version " + version + "; this program knows up to " + VERSION);
    }
    Person actor = new Person(in.text(), in.text(), in.text(), credential(version, in));
    String changes = in.text();
    in.end();
    int colon = content.subject().indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("an audit subject without a colon");
    }
    Entity entity =
        new Entity(content.subject().substring(0, colon), content.subject().substring(colon + 1));
    Instant time = Instant.EPOCH.plus(content.micros(), ChronoUnit.MICROS);
    return new AuditEntry(time, content.kind(), entity, actor, changes);
  }

  private static Credential credential(int version, CanonicalReader in) {
    return version == FIRST_VERSION
        ? Credential.UNKNOWN
        : new Credential(in.text(), in.text(), in.text());
  }
}
