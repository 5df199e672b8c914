// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A store whose process and power end at a planned operation. What was written durably or published
 * is in the wrapped store afterwards; of everything else, each object is gone, cut short, full of
 * something else, or there, as chance will have it.
 */
public final class CrashingStore extends WatchedStore {

  private final MemoryStore inner;
  private final CrashPlan plan;
  private final Set<ObjectPath> fleeting = new HashSet<>();

  public CrashingStore(MemoryStore inner, CrashPlan plan) {
    super(inner);
    this.inner = inner;
    this.plan = plan;
    plan.join(this);
  }

  @Override
  void before(Operation operation, ObjectPath path) {
    plan.operation();
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    if (!options.durable()) {
      synchronized (fleeting) {
        fleeting.add(path);
      }
    }
    return super.write(path, content, options);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    for (Renaming renaming : renamings) {
      super.publish(List.of(renaming));
      synchronized (fleeting) {
        fleeting.remove(renaming.from());
      }
    }
  }

  @Override
  public void flush(ObjectPath path) {
    super.flush(path);
    synchronized (fleeting) {
      fleeting.remove(path);
    }
  }

  void losePower(RandomGenerator random) {
    synchronized (fleeting) {
      for (ObjectPath path : fleeting) {
        switch (random.nextInt(4)) {
          case 0 -> inner.delete(path);
          case 1 -> put(path, new byte[0]);
          case 2 -> {
            byte[] other = new byte[1 + random.nextInt(100)];
            random.nextBytes(other);
            put(path, other);
          }
          default -> {}
        }
      }
    }
  }

  private void put(ObjectPath path, byte[] content) {
    inner.write(path, new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }
}
