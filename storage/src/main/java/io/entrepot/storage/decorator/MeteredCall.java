// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.StoreException;
import java.util.function.LongSupplier;

/** One call of a verb: adds up what it took, and tells it at its end. For one thread. */
final class MeteredCall {

  /** After so many bytes the meter is told, which costs nothing beside reading them. */
  private static final long TELL_FROM = 1 << 20;

  private final Verb verb;
  private final StoreMeter meter;
  private final LongSupplier nanos;
  private long spent;
  private long moved;
  private boolean failed;
  private boolean ended;

  MeteredCall(Verb verb, StoreMeter meter, LongSupplier nanos) {
    this.verb = verb;
    this.meter = meter;
    this.nanos = nanos;
  }

  /** A part of the call. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** A part that is the store's own. */
  <T, E extends Exception> T in(Work<T, E> work) throws E {
    long begun = nanos.getAsLong();
    try {
      return work.run();
    } catch (StoreException e) {
      if (!failed) {
        failed = true;
        meter.failed(verb, e.code());
      }
      throw e;
    } finally {
      spent += nanos.getAsLong() - begun;
    }
  }

  /** A part, within one that is the store's own, that is somebody else's, and so is its failure. */
  <T, E extends Exception> T elsewhere(Work<T, E> work) throws E {
    long begun = nanos.getAsLong();
    boolean well = false;
    try {
      T result = work.run();
      well = true;
      return result;
    } finally {
      failed |= !well;
      spent -= nanos.getAsLong() - begun;
    }
  }

  void moved(long bytes) {
    moved += bytes;
    if (moved >= TELL_FROM) {
      tell();
    }
  }

  private void tell() {
    meter.moved(verb, moved);
    moved = 0;
  }

  /** Does nothing the second time. */
  void end() {
    if (!ended) {
      ended = true;
      if (moved > 0) {
        tell();
      }
      meter.ended(verb, spent);
    }
  }
}
