// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a file is, as entries of the custody ledger say it: the thing that holds it, and the path
 * in there. What was once written is never written otherwise, so this spelling stays.
 */
public record LedgerPlace(Holder holder, Id id, String path) {

  private static final Pattern TEXT =
      Pattern.compile("(instrument|storage):([0-9a-f]{24})/(.*)", Pattern.DOTALL);

  /** What holds a file. */
  public enum Holder {
    INSTRUMENT,
    STORAGE;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static LedgerPlace instrument(Id instrument, String path) {
    return new LedgerPlace(Holder.INSTRUMENT, instrument, path);
  }

  public static LedgerPlace storage(Id location, String path) {
    return new LedgerPlace(Holder.STORAGE, location, path);
  }

  /** Empty for what is written in no such way. */
  public static Optional<LedgerPlace> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Holder holder =
        matcher.group(1).equals(Holder.STORAGE.word()) ? Holder.STORAGE : Holder.INSTRUMENT;
    return Optional.of(new LedgerPlace(holder, new Id(matcher.group(2)), matcher.group(3)));
  }

  public String text() {
    return holder.word() + ":" + id.hex() + "/" + path;
  }
}
