// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the things of one room are named, deleted and brought back.
 *
 * @param deleted those that can be brought back
 * @param name what a live one is called; throws {@code NotFoundException} when there is none
 * @param delete throws {@code EntrepotException} when something still needs it
 * @param restore brings one back as it was; what can be switched off is off then
 */
record Keeping(
    Room room,
    Supplier<List<Named>> deleted,
    Function<Id, String> name,
    BiConsumer<Actor, Id> delete,
    BiConsumer<Actor, Id> restore) {

  /** A thing and what it is called. */
  record Named(Id id, String name) {}
}
