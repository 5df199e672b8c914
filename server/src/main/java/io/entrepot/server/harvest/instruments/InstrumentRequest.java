// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asks for an instrument to be harvested.
 *
 * @param wish what is asked for
 * @param adminNotes what the administrators say to it; null for nothing
 */
public record InstrumentRequest(
    Id id,
    Id requester,
    Wish wish,
    Status status,
    @Nullable String adminNotes,
    Instant createdAt,
    Instant updatedAt) {

  /** How far it has come. */
  public enum Status {
    PENDING,
    APPROVED,
    REJECTED;

    /** Its name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is asked for, in the words of the one who asks.
   *
   * @param frequency how often the instrument makes files worth fetching
   */
  public record Wish(
      String name,
      String location,
      String frequency,
      @Nullable String description,
      String justification) {}
}
