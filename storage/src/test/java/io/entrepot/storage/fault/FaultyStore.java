// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A store that fails, lies or dawdles as scripted. Faults may be added at any time, also while it
 * is in use.
 *
 * <p>To try a failure at every operation: run with {@link #failAt} 1, 2, 3 … until {@link
 * #operations} ends below the number, which means that the run got through.
 */
public final class FaultyStore extends WatchedStore {

  private interface Fault {
    void before(long number, Operation operation, ObjectPath path);
  }

  private record Damage(Predicate<ObjectPath> paths, long at, Kind kind) {
    enum Kind {
      FLIP_READ,
      FLIP_WRITTEN,
      END_EARLY,
      FAIL
    }
  }

  private final AtomicLong operations = new AtomicLong();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final List<Damage> damages = new CopyOnWriteArrayList<>();

  public FaultyStore(Store inner) {
    super(inner);
  }

  /** How many operations there were. */
  public long operations() {
    return operations.get();
  }

  /** Operation {@code number}, counted from 1, fails with this code. */
  public FaultyStore failAt(long number, ErrorCode code) {
    return add((n, operation, path) -> throwWhen(n == number, code, operation, path));
  }

  /** All operations from {@code number} on fail with this code. */
  public FaultyStore failFrom(long number, ErrorCode code) {
    return add((n, operation, path) -> throwWhen(n >= number, code, operation, path));
  }

  /** Every operation for which the condition holds fails with this code. */
  public FaultyStore failWhen(BiPredicate<Operation, ObjectPath> condition, ErrorCode code) {
    return add(
        (_, operation, path) -> throwWhen(condition.test(operation, path), code, operation, path));
  }

  /** Something else happens just before such an operation: a file grows, a thread waits. */
  public FaultyStore before(Operation wanted, Consumer<ObjectPath> event) {
    return add(
        (_, operation, path) -> {
          if (operation == wanted) {
            event.accept(path);
          }
        });
  }

  /** Reading these shows byte {@code at} with its lowest bit flipped. */
  public FaultyStore flipOnRead(Predicate<ObjectPath> paths, long at) {
    return damage(paths, at, Damage.Kind.FLIP_READ);
  }

  /** Writing these stores byte {@code at} with its lowest bit flipped, and reports success. */
  public FaultyStore flipOnWrite(Predicate<ObjectPath> paths, long at) {
    return damage(paths, at, Damage.Kind.FLIP_WRITTEN);
  }

  /** Reading these ends after {@code length} bytes as if that were all. */
  public FaultyStore endEarly(Predicate<ObjectPath> paths, long length) {
    return damage(paths, length, Damage.Kind.END_EARLY);
  }

  /** Reading these fails with {@code STORE_READ_FAILED} after {@code length} bytes. */
  public FaultyStore breakOff(Predicate<ObjectPath> paths, long length) {
    return damage(paths, length, Damage.Kind.FAIL);
  }

  /** Takes all faults away. */
  public void heal() {
    faults.clear();
    damages.clear();
  }

  @Override
  void before(Operation operation, ObjectPath path) {
    long number = operations.incrementAndGet();
    faults.forEach(fault -> fault.before(number, operation, path));
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    InputStream stream = super.read(path, options);
    for (Damage damage : damages) {
      if (damage.paths().test(path)) {
        long at = damage.at() - options.offset();
        stream =
            switch (damage.kind()) {
              case FLIP_READ -> DamagedStream.flipping(stream, at);
              case END_EARLY -> DamagedStream.ending(stream, at);
              case FAIL -> DamagedStream.failing(stream, at, path);
              case FLIP_WRITTEN -> stream;
            };
      }
    }
    return stream;
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    InputStream stream = content;
    for (Damage damage : damages) {
      if (damage.kind() == Damage.Kind.FLIP_WRITTEN && damage.paths().test(path)) {
        stream = DamagedStream.flipping(stream, damage.at());
      }
    }
    return super.write(path, stream, options);
  }

  private FaultyStore add(Fault fault) {
    faults.add(fault);
    return this;
  }

  private FaultyStore damage(Predicate<ObjectPath> paths, long at, Damage.Kind kind) {
    damages.add(new Damage(paths, at, kind));
    return this;
  }

  private static void throwWhen(
      boolean failing, ErrorCode code, Operation operation, ObjectPath path) {
    if (failing) {
      throw new StoreException(code, "scripted fault at " + operation + " of " + path);
    }
  }
}
