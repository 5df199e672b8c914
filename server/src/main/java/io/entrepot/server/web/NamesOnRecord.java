// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.identity.Actor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the ids on record are called, those of deleted things too. Made for one page: the deleted of
 * a room are asked for at most once.
 */
final class NamesOnRecord {

  private final Deletions deletions;
  private final Map<Room, Map<Id, String>> deleted = new EnumMap<>(Room.class);

  NamesOnRecord(Deletions deletions) {
    this.deletions = deletions;
  }

  /**
   * @param rooms where it may be
   * @return its name; the id itself where nobody knows it, so that two are never told as one
   */
  String name(List<Room> rooms, Id id) {
    if (id.equals(Actor.HOUSE.account())) {
      return Actor.HOUSE.email();
    }
    return rooms.stream()
        .flatMap(room -> live(room, id).stream())
        .findFirst()
        .or(() -> rooms.stream().flatMap(room -> gone(room, id).stream()).findFirst())
        .orElseGet(id::hex);
  }

  private Optional<String> live(Room room, Id id) {
    try {
      return Optional.of(deletions.name(room, id));
    } catch (NotFoundException _) {
      return Optional.empty();
    }
  }

  private Optional<String> gone(Room room, Id id) {
    return Optional.ofNullable(
            deleted
                .computeIfAbsent(
                    room,
                    asked ->
                        deletions.deleted(asked).stream()
                            .collect(Collectors.toMap(Keeping.Named::id, Keeping.Named::name)))
                .get(id))
        .map(name -> name + " (deleted)");
  }
}
