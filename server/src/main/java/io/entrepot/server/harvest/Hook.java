// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that is asked before a file is taken, or told after. */
public record Hook(Id id, HookDraft settings, @Nullable Instant deletedAt) {

  public String name() {
    return settings.name();
  }
}
