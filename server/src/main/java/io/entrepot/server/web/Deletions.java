// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Deletes and restores what the rooms hold. Nothing is ever taken away for good. */
@Component
final class Deletions {

  private final Map<Room, Keeping> keepings;

  Deletions(List<Keeping> keepings) {
    this.keepings = keepings.stream().collect(Collectors.toMap(Keeping::room, one -> one));
  }

  /** Something that was deleted and can come back. */
  record Gone(String id, String name, String address) {}

  /**
   * What a list shows below itself.
   *
   * @param just what was deleted a moment ago; null for nothing
   */
  record Shelf(List<Gone> gone, @Nullable Gone just) {}

  /** Gives a list its shelf of deleted things. */
  void shelve(Model model, Room room, String justDeleted) {
    List<Gone> gone = gone(room);
    model.addAttribute(
        "shelf",
        new Shelf(
            gone,
            gone.stream().filter(one -> one.id().equals(justDeleted)).findFirst().orElse(null)));
  }

  private List<Gone> gone(Room room) {
    return deleted(room).stream()
        .map(
            one -> {
              String id = PageIds.text(one.id());
              return new Gone(id, one.name(), room.address() + "/" + id + "/restore");
            })
        .toList();
  }

  /** What can be brought back. */
  List<Keeping.Named> deleted(Room room) {
    return keeping(room).deleted().get();
  }

  /**
   * @throws io.entrepot.base.NotFoundException when there is none, or it is deleted already
   */
  String name(Room room, Id id) {
    return keeping(room).name().apply(id);
  }

  /**
   * @throws io.entrepot.base.EntrepotException when something still needs it
   */
  void delete(Room room, Actor actor, Id id) {
    keeping(room).delete().accept(actor, id);
  }

  /** Brings it back as it was; what can be switched off is off until somebody switches it on. */
  void restore(Room room, Actor actor, Id id) {
    keeping(room).restore().accept(actor, id);
  }

  private Keeping keeping(Room room) {
    return Objects.requireNonNull(keepings.get(room), room::title);
  }
}
