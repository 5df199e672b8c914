// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.storage.StoreException;
import io.entrepot.storage.sftp.HostKeyPin;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Host keys as people write them. */
public final class HostKeyText {

  private HostKeyText() {}

  /**
   * What is wrong with one, in words that do not repeat it; empty when nothing is, or when it is
   * blank, which means that none is set.
   */
  public static Optional<String> problem(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    try {
      // Its digest can be taken of a whole key only.
      String unused = new HostKeyPin(text).fingerprint();
      return Optional.empty();
    } catch (StoreException | IllegalArgumentException _) {
      return Optional.of("This is no host key. Give SHA256:… or a line of ssh-keyscan");
    }
  }
}
