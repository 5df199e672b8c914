// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Store;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets no more than so many bytes in a second be read: one limit for everything that is read from
 * this store at the same time, shared evenly. What was not used within a tenth of a second is lost,
 * so bursts are small.
 *
 * <p>A read that would be too much brings fewer bytes than it could and returns when these are
 * within the limit: after a tenth of a second or little more, unless there are more readers than
 * bytes. A thread that is interrupted while it waits gets {@code CANCELLED} at once. What a store
 * asks for ahead of its reader comes before its time, as much as it ever asks ahead. Looking and
 * writing are not slowed.
 */
public final class ThrottledStore extends DelegatingStore {

  private final Bandwidth bandwidth;

  /**
   * @param bytesPerSecond at least 1
   * @param nanos a time that never steps back, such as {@code System::nanoTime}
   * @param pause how it waits
   */
  public ThrottledStore(Store inner, long bytesPerSecond, LongSupplier nanos, Pause pause) {
    super(inner);
    this.bandwidth = new Bandwidth(bytesPerSecond, nanos, pause);
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    return inner().statEach(paths);
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    return new ThrottledInput(super.read(path, options), bandwidth);
  }

  @Override
  public Reading readEach(List<ObjectStat> files) {
    Reading reading = inner().readEach(files);
    return new Reading() {
      @Override
      public InputStream next() {
        return new ThrottledInput(reading.next(), bandwidth);
      }

      @Override
      public void close() {
        reading.close();
      }
    };
  }
}
