// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.ledger.FileStory;
import io.entrepot.server.ledger.KnownCopy;
import io.entrepot.server.ledger.StoryEntry;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The whole story of one file as it is sent. */
record CustodyWire(
    @JsonProperty("file_id") String fileId,
    @JsonProperty("persistent_id") String persistentId,
    List<CopyWire> copies,
    List<EntryWire> entries) {

  static CustodyWire of(CatalogFile file, FileStory story) {
    return new CustodyWire(
        WireIds.text(file.id()),
        file.persistentId(),
        story.copies().stream().map(CopyWire::of).toList(),
        story.entries().stream().map(EntryWire::of).toList());
  }

  /** A copy that is known of, and when its bytes were last found right. */
  record CopyWire(
      String place,
      long version,
      String state,
      @JsonProperty("last_proved_at") @Nullable Instant lastProvedAt,
      @JsonProperty("last_unread_at") @Nullable Instant lastUnreadAt) {

    static CopyWire of(KnownCopy copy) {
      return new CopyWire(
          copy.place(),
          copy.version(),
          copy.state().name().toLowerCase(Locale.ROOT),
          copy.lastProved(),
          copy.lastUnread());
    }
  }

  /**
   * Something that happened.
   *
   * @param sequence its place in the ledger; null for the moment until it is sealed
   */
  record EntryWire(
      @Nullable Long sequence,
      String event,
      Instant at,
      long version,
      @JsonProperty("size_bytes") @Nullable Long sizeBytes,
      @Nullable String xxhash,
      @Nullable String sha256,
      String from,
      String to,
      String actor,
      String job,
      String detail) {

    static EntryWire of(StoryEntry line) {
      CustodyEntry entry = line.entry();
      return new EntryWire(
          line.sequence(),
          entry.event().kind(),
          entry.cause().time(),
          entry.file().version(),
          entry.content().size() < 0 ? null : entry.content().size(),
          digest(entry, DigestAlgorithm.XXH64),
          digest(entry, DigestAlgorithm.SHA256),
          entry.route().from(),
          entry.route().to(),
          entry.cause().actor(),
          entry.cause().job(),
          entry.cause().detail());
    }

    private static @Nullable String digest(CustodyEntry entry, DigestAlgorithm algorithm) {
      return entry.content().digests().stream()
          .filter(digest -> digest.algorithm() == algorithm)
          .map(Digest::hex)
          .findFirst()
          .orElse(null);
    }
  }
}
