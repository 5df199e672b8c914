// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A store whose {@code stat} and {@code list} show a change only some time after it was made, by a
 * clock the test sets. Reading and conditional writing are up to date at once.
 */
public final class EventualStore extends WatchedStore {

  private record Past(Optional<ObjectStat> before, Instant until) {}

  private final Store inner;
  private final InstantSource clock;
  private final Duration lag;
  private final Map<ObjectPath, Past> pasts = new HashMap<>();

  public EventualStore(Store inner, InstantSource clock, Duration lag) {
    super(inner);
    this.inner = inner;
    this.clock = clock;
    this.lag = lag;
  }

  @Override
  void before(Operation operation, ObjectPath path) {}

  @Override
  public synchronized Optional<ObjectStat> stat(ObjectPath path) {
    Past past = past(path);
    return past == null ? inner.stat(path) : past.before();
  }

  @Override
  public synchronized FolderListing list(ObjectPath folder) {
    Map<ObjectPath, ObjectStat> shown = new TreeMap<>();
    try (FolderListing now = inner.list(folder)) {
      now.forEachRemaining(stat -> shown.put(stat.path(), stat));
    }
    for (ObjectPath path : List.copyOf(pasts.keySet())) {
      Past past = past(path);
      if (past != null && path.parent().equals(folder)) {
        shown.remove(path);
        past.before().ifPresent(stat -> shown.put(path, stat));
      }
    }
    return new Shown(shown.values().iterator());
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    Optional<ObjectStat> before = inner.stat(path);
    ObjectStat written = super.write(path, content, options);
    remember(path, before);
    return written;
  }

  @Override
  public void delete(ObjectPath path) {
    Optional<ObjectStat> before = inner.stat(path);
    super.delete(path);
    remember(path, before);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    for (Renaming renaming : renamings) {
      Optional<ObjectStat> before = inner.stat(renaming.from());
      super.publish(List.of(renaming));
      remember(renaming.from(), before);
      remember(renaming.to(), Optional.empty());
    }
  }

  /** The oldest state still shown stays until the newest change has come through. */
  private synchronized void remember(ObjectPath path, Optional<ObjectStat> before) {
    Past shown = past(path);
    Instant until = clock.instant().plus(lag);
    pasts.put(path, new Past(shown == null ? before : shown.before(), until));
  }

  private @Nullable Past past(ObjectPath path) {
    Past past = pasts.get(path);
    if (past != null && !clock.instant().isBefore(past.until())) {
      pasts.remove(path);
      return null;
    }
    return past;
  }

  private record Shown(Iterator<ObjectStat> stats) implements FolderListing {
    @Override
    public boolean hasNext() {
      return stats.hasNext();
    }

    @Override
    public ObjectStat next() {
      return stats.next();
    }

    @Override
    public void close() {}
  }
}
