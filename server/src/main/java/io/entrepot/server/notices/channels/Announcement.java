// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened and that people may want to hear of.
 *
 * @param event a stable short word for the kind of it, such as {@code harvest_failed}
 * @param thing what it happened to, as {@code instrument:} and the id that the API shows; null for
 *     nothing in particular
 * @param link a path of ours where more is to be seen; null for none
 */
public record Announcement(
    String event,
    Severity severity,
    @Nullable String thing,
    String title,
    String message,
    @Nullable String link) {

  private static final int TITLE_LIMIT = 255;

  public Announcement {
    title = title.length() > TITLE_LIMIT ? title.substring(0, TITLE_LIMIT - 1) + "…" : title;
  }
}
