// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that objects have while a store writes them: {@code .entrepot-}, an id of 24 hex
 * digits, {@code .part}. One that a crash left behind tells by its id when it was begun.
 */
public final class Unfinished {

  private static final Pattern NAME = Pattern.compile("\\.entrepot-([0-9a-f]{24})\\.part");

  private final IdSource ids;

  public Unfinished(IdSource ids) {
    this.ids = ids;
  }

  /** A name nobody has. */
  public String name() {
    return ".entrepot-" + ids.next() + ".part";
  }

  /** A name nobody has, beside {@code path}. */
  public ObjectPath beside(ObjectPath path) {
    return path.parent().child(name());
  }

  public static boolean isUnfinished(String name) {
    return NAME.matcher(name).matches();
  }

  /** When the object of this name was begun, if it is one that was being written. */
  public static Optional<Instant> begun(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches() ? Optional.of(new Id(matcher.group(1)).made()) : Optional.empty();
  }
}
