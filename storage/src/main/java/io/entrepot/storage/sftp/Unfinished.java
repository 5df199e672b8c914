// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.IdSource;
import io.entrepot.storage.ObjectPath;
import java.util.regex.Pattern;

/** Names that objects have while they are being written. Listings leave them out. */
final class Unfinished {

  private static final Pattern NAME = Pattern.compile("\\.entrepot-[0-9a-f]{24}\\.part");

  private final IdSource ids;

  Unfinished(IdSource ids) {
    this.ids = ids;
  }

  /** A name nobody has, beside {@code path}. */
  ObjectPath beside(ObjectPath path) {
    return path.parent().child(".entrepot-" + ids.next() + ".part");
  }

  static boolean isUnfinished(String name) {
    return NAME.matcher(name).matches();
  }
}
