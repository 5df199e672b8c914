// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One call of {@link Mover#copy}: makes every copy ready, then publishes those that succeeded.
 * Stores are asked for the whole batch at once where that saves round trips.
 */
final class Batch {

  private final Setting setting;
  private final Store source;
  private final Store target;
  private final Id id;
  private final boolean publishes;

  Batch(Setting setting, Id id) {
    this.setting = setting;
    this.source = setting.route().source();
    this.target = setting.route().target();
    this.id = id;
    this.publishes = target.capabilities().contains(Capability.PUBLISH);
  }

  List<Outcome> run(List<CopyOrder> orders) {
    List<Copying> all = new ArrayList<>();
    for (CopyOrder order : orders) {
      ObjectPath place = publishes ? Staging.place(id, all.size()) : order.target();
      all.add(new Copying(setting, order, place));
    }
    begin(all);
    List<Copying> open = open(all);
    while (!open.isEmpty()) {
      copy(open);
      settle(open(open));
      open = open(open);
    }
    return publish(all);
  }

  private static List<Copying> open(List<Copying> some) {
    return some.stream().filter(Copying::open).toList();
  }

  private void begin(List<Copying> all) {
    if (!publishes && !target.capabilities().contains(Capability.CONDITIONAL_CREATE)) {
      all.forEach(copying -> copying.fail(unsafeTarget()));
      return;
    }
    List<Supplier<Optional<ObjectStat>>> names = looks(target, all, Copying::target);
    for (int i = 0; i < all.size(); i++) {
      all.get(i).begin(names.get(i));
    }
  }

  private void copy(List<Copying> open) {
    try (Reading files = source.readEach(open.stream().map(Copying::version).toList())) {
      open.forEach(copying -> copying.copy(files::next));
    } catch (StoreException none) {
      open.forEach(copying -> copying.fail(none));
    }
  }

  private void settle(List<Copying> copied) {
    var sources = looks(source, copied, copying -> copying.version().path());
    for (int i = 0; i < copied.size(); i++) {
      copied.get(i).settle(sources.get(i));
    }
  }

  /** For each what stands there, known already or, when one of them failed, still to be asked. */
  private static List<Supplier<Optional<ObjectStat>>> looks(
      Store store, List<Copying> some, Function<Copying, ObjectPath> where) {
    List<ObjectPath> paths = some.stream().map(where).toList();
    List<Supplier<Optional<ObjectStat>>> looks = new ArrayList<>();
    try {
      store.statEach(paths).forEach(seen -> looks.add(() -> seen));
    } catch (StoreException ofOne) {
      paths.forEach(path -> looks.add(() -> store.stat(path)));
    }
    return looks;
  }

  private List<Outcome> publish(List<Copying> all) {
    List<Ready> ready = all.stream().map(Copying::ready).filter(Objects::nonNull).toList();
    List<Outcome> published =
        publishes
            ? new Publication(setting).publish(ready)
            : ready.stream().map(copy -> copy.copied(setting.route())).toList();
    var next = published.iterator();
    List<Outcome> outcomes = new ArrayList<>();
    for (Copying copying : all) {
      Outcome ended = copying.outcome();
      outcomes.add(ended == null ? next.next() : ended);
    }
    return outcomes;
  }

  private static StoreException unsafeTarget() {
    return new StoreException(
        ErrorCode.NOT_SUPPORTED,
        "the target store can neither publish nor create without replacing, so nothing is copied to"
            + " it. Choose another target.");
  }
}
