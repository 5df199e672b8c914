// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileVersion;
import io.entrepot.server.catalog.HookFailure;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.ledger.FileStory;
import io.entrepot.server.ledger.KnownCopy;
import io.entrepot.server.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares the story of one file. */
@Component
final class FileStories {

  private static final int BLOCKS = 6;
  private static final long DAYS_PER_BLOCK = 7;

  private final Catalog catalog;
  private final Ledger ledger;
  private final FileViews rows;
  private final CustodyLines lines;
  private final Words words;

  FileStories(Catalog catalog, Ledger ledger, FileViews rows, CustodyLines lines, Words words) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.rows = rows;
    this.lines = lines;
    this.words = words;
  }

  /**
   * @throws io.entrepot.base.NotFoundException also when the actor may not see it
   */
  FileView of(Actor actor, Id id) {
    CatalogFile file = catalog.file(actor, id);
    FileStory story = ledger.story(id);
    List<FileVersion> versions = catalog.versions(actor, id);
    Set<Integer> kept = catalog.provedVersions(id);
    return new FileView(
        rows.rows(List.of(file)).getFirst(),
        look(story, file.version()),
        verdict(story, file.version()),
        caveat(story, file.version()),
        !kept.isEmpty(),
        story.copies().stream().map(this::copy).toList(),
        story.entries().stream().map(lines::event).toList(),
        versions.stream().map(one -> version(file, one, kept.contains(one.version()))).toList(),
        facts(file));
  }

  private static Badge look(FileStory story, int version) {
    if (story.copies().stream().anyMatch(copy -> copy.state() == KnownCopy.State.DAMAGED)) {
      return Badge.bad("Damaged");
    }
    return proved(story, version).isEmpty() ? Badge.waiting("Not yet") : Badge.ok("Good");
  }

  private static List<KnownCopy> proved(FileStory story, int version) {
    return story.copies().stream()
        .filter(copy -> copy.state() == KnownCopy.State.PROVED && copy.version() == version)
        .toList();
  }

  private String verdict(FileStory story, int version) {
    long damaged =
        story.copies().stream().filter(copy -> copy.state() == KnownCopy.State.DAMAGED).count();
    List<KnownCopy> proved = proved(story, version);
    if (damaged > 0) {
      return Words.count(damaged)
          + (damaged == 1 ? " copy is" : " copies are")
          + " damaged; "
          + (proved.isEmpty() ? "no good copy is known." : proved.size() + " good.");
    }
    return proved.isEmpty() ? "No copy of this version was proved yet." : intact(proved);
  }

  private String intact(List<KnownCopy> proved) {
    boolean one = proved.size() == 1;
    String age =
        proved.stream()
            .map(KnownCopy::lastProved)
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .map(time -> (one ? ", " : "; the oldest proof is from ") + words.moment(time).words())
            .orElse("");
    return "It is intact. "
        + (one
            ? "One copy was read back and found equal to the original"
            : proved.size() + " copies were read back and found equal to the original")
        + age
        + ".";
  }

  private static String caveat(FileStory story, int version) {
    long unread = story.copies().stream().filter(copy -> copy.lastUnread() != null).count();
    if (unread > 0) {
      return Words.count(unread)
          + (unread == 1 ? " copy" : " copies")
          + " could not be read the last time. That is not damage: nobody knows yet.";
    }
    return proved(story, version).isEmpty() && !story.copies().isEmpty()
        ? "Earlier versions are kept, see Versions."
        : "";
  }

  private FileView.Copy copy(KnownCopy copy) {
    CustodyLines.Place place = lines.place(copy.place());
    Badge badge =
        copy.state() == KnownCopy.State.DAMAGED
            ? Badge.bad("Damaged")
            : copy.lastUnread() != null ? Badge.blind("Could not read") : Badge.ok("Good");
    return new FileView.Copy(
        place.name(),
        place.path(),
        copy.version(),
        badge,
        words.momentOrNull(copy.lastProved()),
        blocks(copy.lastProved()));
  }

  private int blocks(@Nullable Instant proved) {
    if (proved == null) {
      return 0;
    }
    Duration age = words.since(proved);
    return (int) Math.max(0, BLOCKS - age.toDays() / DAYS_PER_BLOCK);
  }

  private FileView.Version version(CatalogFile file, FileVersion version, boolean kept) {
    return new FileView.Version(
        version.version(),
        version.persistentId(),
        FileViews.size(version.sizeBytes()),
        words.momentOrNull(version.sourceModified()),
        words.moment(version.discoveredAt()),
        version.sha256(),
        version.supersededAt() == null,
        kept
            ? "/api/files/%s/versions/%d/content"
                .formatted(PageIds.text(file.id()), version.version())
            : null);
  }

  private List<FileView.Fact> facts(CatalogFile file) {
    List<FileView.Fact> facts = new ArrayList<>();
    facts.add(
        new FileView.Fact(
            "Instrument",
            rows.instrumentName(file.instrument()),
            false,
            "/ui/files?instrument=" + PageIds.text(file.instrument())));
    facts.add(new FileView.Fact("Path there", file.sourcePath(), true, null));
    fact(facts, "SHA-256", file.sha256());
    fact(facts, "XXH64", file.xxhash());
    Long size = file.sizeBytes();
    if (size != null) {
      facts.add(new FileView.Fact("Size", Words.count(size, "byte"), false, null));
    }
    Instant modified = file.sourceModified();
    if (modified != null) {
      facts.add(new FileView.Fact("Changed there", "", false, null, words.moment(modified)));
    }
    for (HookFailure failure : catalog.hookFailures(file.id())) {
      String told = failure.error() + " (since " + words.moment(failure.since()).words() + ")";
      facts.add(new FileView.Fact("Hook " + failure.hookName() + " failed", told, false, null));
    }
    file.metadata()
        .forEach((name, value) -> facts.add(new FileView.Fact(name, shown(value), false, null)));
    return facts;
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "–" : value.toString();
  }

  private static void fact(List<FileView.Fact> facts, String name, @Nullable String value) {
    if (value != null) {
      facts.add(new FileView.Fact(name, value, true, null));
    }
  }
}
