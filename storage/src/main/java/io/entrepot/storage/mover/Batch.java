// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Id;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One call of {@link Mover#copy}: makes every copy ready, then publishes those that succeeded. */
final class Batch {

  private final Setting setting;
  private final Id id;
  private final boolean publishes;

  Batch(Setting setting, Id id) {
    this.setting = setting;
    this.id = id;
    this.publishes = setting.route().target().capabilities().contains(Capability.PUBLISH);
  }

  List<Outcome> run(List<CopyOrder> orders) {
    Copying copying = new Copying(setting, publishes);
    Map<Integer, Outcome> outcomes = new TreeMap<>();
    Map<Integer, Ready> ready = new TreeMap<>();
    for (int i = 0; i < orders.size(); i++) {
      CopyOrder order = orders.get(i);
      ObjectPath place = publishes ? Staging.place(id, i) : order.target();
      switch (copying.copy(order, place)) {
        case Step.Ended(Outcome outcome) -> outcomes.put(i, outcome);
        case Step.Staged(Ready staged) -> ready.put(i, staged);
      }
    }
    if (publishes && !ready.isEmpty()) {
      outcomes.putAll(new Publication(setting, copying).publish(ready));
    } else {
      ready.forEach((i, copy) -> outcomes.put(i, copy.copied(setting.route())));
    }
    return new ArrayList<>(outcomes.values());
  }
}
