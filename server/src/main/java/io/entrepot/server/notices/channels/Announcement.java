// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that people may want to hear of.
 *
 * @param event a stable short word for the kind of it, such as {@code harvest_failed}
 * @param things what it happened to, as {@code instrument:} or {@code schedule:} and the id that
 *     the API shows, what it is most about first; empty for nothing in particular
 * @param link a path of ours where more is to be seen; null for none
 */
public record Announcement(
    String event,
    Severity severity,
    Set<String> things,
    String title,
    String message,
    @Nullable String link) {

  private static final int TITLE_LIMIT = 255;

  public Announcement {
    things = Collections.unmodifiableSet(new LinkedHashSet<>(things));
    title = title.length() > TITLE_LIMIT ? title.substring(0, TITLE_LIMIT - 1) + "…" : title;
  }

  /** What it is most about; null for nothing in particular. */
  public @Nullable String thing() {
    return things.isEmpty() ? null : things.iterator().next();
  }
}
