// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.server.catalog.KnownFile;
import io.entrepot.storage.ObjectStat;
import org.jspecify.annotations.Nullable;

/** A file on an instrument about which something may have to be done. */
sealed interface Finding {

  ObjectStat stat();

  /** A path never seen before. */
  record Added(ObjectStat stat) implements Finding {}

  /** A path whose content was proved and is now another. */
  record Changed(ObjectStat stat, KnownFile known) implements Finding {}

  /** A path that looks different from when it was seen, before any copy of it was proved. */
  record SeenAnew(ObjectStat stat, KnownFile known) implements Finding {}

  /** Same size and time, but the store says that something about it changed. */
  record Suspect(ObjectStat stat, KnownFile known) implements Finding {}

  /** A path as it is known, which this storage location does not hold yet. */
  record Due(ObjectStat stat, KnownFile known) implements Finding {}

  /** The catalogue's row; null for a path it has none of. */
  default @Nullable KnownFile row() {
    return switch (this) {
      case Added _ -> null;
      case Changed(_, var known) -> known;
      case SeenAnew(_, var known) -> known;
      case Suspect(_, var known) -> known;
      case Due(_, var known) -> known;
    };
  }

  /** Whether it must be seen to stand still before it is taken. */
  default boolean mustSettle() {
    return !(this instanceof Due);
  }
}
