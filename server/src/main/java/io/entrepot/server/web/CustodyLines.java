// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Digest;
import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.catalog.LedgerPlace;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.ledger.StoryEntry;
import io.entrepot.server.places.StorageLocations;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Tells entries of the custody ledger in sentences. */
@Component
final class CustodyLines {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

  private final Instruments instruments;
  private final StorageLocations locations;
  private final Accounts accounts;
  private final Words words;

  CustodyLines(
      Instruments instruments, StorageLocations locations, Accounts accounts, Words words) {
    this.accounts = accounts;
    this.instruments = instruments;
    this.locations = locations;
    this.words = words;
  }

  /** A place of the ledger by the name that people gave it. */
  record Place(String name, String path) {}

  Place place(String written) {
    Place unknown = new Place(written, "");
    try {
      return LedgerPlace.parse(written)
          .map(place -> new Place(name(place), place.path()))
          .orElse(unknown);
    } catch (NotFoundException _) {
      return unknown;
    }
  }

  private String name(LedgerPlace place) {
    return switch (place.holder()) {
      case STORAGE -> locations.any(place.id()).name();
      case INSTRUMENT -> instruments.any(place.id()).name();
    };
  }

  FileView.Event event(StoryEntry line) {
    CustodyEntry entry = line.entry();
    String job = entry.cause().job();
    return new FileView.Event(
        badge(entry.event()),
        sentence(entry),
        detail(entry),
        ID.matcher(job).matches() ? "/ui/jobs/" + PageIds.text(new Id(job)) : null,
        words.moment(entry.cause().time()),
        digest(entry),
        actor(entry.cause().actor()),
        line.sequence());
  }

  /** The strongest digest that was taken, with its name; empty for none. */
  private static String digest(CustodyEntry entry) {
    if (entry.content().digests().isEmpty()) {
      return "";
    }
    Digest digest = entry.content().digests().getLast();
    return switch (digest.algorithm()) {
          case XXH64 -> "XXH64 ";
          case SHA256 -> "SHA-256 ";
          case MD5 -> "MD5 ";
        }
        + digest.hex();
  }

  private String actor(String written) {
    return ID.matcher(written).matches()
        ? accounts.find(new Id(written)).map(Account::email).orElse("somebody who is gone")
        : "the server";
  }

  private static Badge badge(CustodyEvent event) {
    return switch (event) {
      case DISCOVERED -> new Badge(Look.IDLE, "eye", "Discovered");
      case COPIED -> new Badge(Look.OK, "seal", "Copied and proved");
      case ARCHIVED -> new Badge(Look.OK, "crate", "Archived");
      case MIRRORED -> new Badge(Look.OK, "mirror", "Mirrored");
      case REVERIFIED -> new Badge(Look.OK, "ok", "Proved again");
      case RESTORED -> new Badge(Look.OK, "restore", "Brought back");
      case DAMAGED -> Badge.bad("Damaged");
      case COULD_NOT_READ -> Badge.blind("Could not read");
      case REMOVED -> new Badge(Look.IDLE, "trash", "Removed");
      case MISSING_AT_SOURCE -> Badge.warn("No longer at its source");
    };
  }

  private String sentence(CustodyEntry entry) {
    String from = place(entry.route().from()).name();
    String to = place(entry.route().to()).name();
    return switch (entry.event()) {
      case DISCOVERED ->
          entry.file().version() == 1
              ? "on " + from
              : "on " + from + " with new content: version " + entry.file().version();
      case COPIED -> "into " + to + ": equal to what " + from + " holds";
      case ARCHIVED, MIRRORED -> "in " + to;
      case REVERIFIED, COULD_NOT_READ, DAMAGED -> "the copy in " + to;
      case RESTORED -> "from " + from + " to " + to;
      case REMOVED -> "from " + to;
      case MISSING_AT_SOURCE -> "(" + from + "); the copies here stay";
    };
  }

  private static String detail(CustodyEntry entry) {
    StringJoiner detail = new StringJoiner(" · ");
    if (entry.content().size() >= 0) {
      detail.add(Words.count(entry.content().size(), "byte"));
    }
    if (!entry.cause().detail().isEmpty()) {
      detail.add(entry.cause().detail());
    }
    if (entry.file().version() > 1) {
      detail.add("version " + entry.file().version());
    }
    return detail.toString();
  }
}
