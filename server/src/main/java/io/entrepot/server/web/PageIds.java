// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.base.UuidText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ids in addresses of pages: the same UUIDs that the API shows. */
final class PageIds {

  private PageIds() {}

  static String text(Id id) {
    return id.toUuid().toString();
  }

  /**
   * @throws NotFoundException when the text is no id, for then there is no such thing
   */
  static Id of(String text, String thing) {
    Id id = orNull(text);
    if (id == null) {
      throw new NotFoundException(thing);
    }
    return id;
  }

  static @Nullable Id orNull(@Nullable String text) {
    UUID uuid = text == null ? null : UuidText.parse(text).orElse(null);
    try {
      return uuid == null ? null : Id.fromUuid(uuid);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
