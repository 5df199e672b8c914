// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs as text: 32 hex digits of either case, grouped 8-4-4-4-12. */
public final class UuidText {

  private static final Pattern SHAPE =
      Pattern.compile("(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");

  private UuidText() {}

  /** Empty for every other text; {@link UUID#fromString} alone also takes {@code 1-1-1-1-1}. */
  public static Optional<UUID> parse(String text) {
    return SHAPE.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
