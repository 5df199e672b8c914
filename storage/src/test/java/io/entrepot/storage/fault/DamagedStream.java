// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream with something wrong at one place. */
final class DamagedStream extends FilterInputStream {

  /** What happens where the damage is. */
  private interface Damage {
    /** Bytes that may be read from here; fewer than asked for when the damage comes first. */
    int allowed(long at, int length);

    void read(long at, byte[] buffer, int offset, int count);
  }

  private final Damage damage;
  private long at;

  private DamagedStream(InputStream inner, Damage damage) {
    super(inner);
    this.damage = damage;
  }

  static InputStream flipping(InputStream inner, long place) {
    return new DamagedStream(
        inner,
        new Damage() {
          @Override
          public int allowed(long at, int length) {
            return length;
          }

          @Override
          public void read(long at, byte[] buffer, int offset, int count) {
            if (place >= at && place < at + count) {
              buffer[offset + (int) (place - at)] ^= 1;
            }
          }
        });
  }

  static InputStream ending(InputStream inner, long length) {
    return new DamagedStream(inner, stopping(length, () -> {}));
  }

  static InputStream failing(InputStream inner, long length, ObjectPath path) {
    return new DamagedStream(
        inner,
        stopping(
            length,
            () -> {
              throw new StoreException(
                  ErrorCode.STORE_READ_FAILED, "scripted break while reading " + path);
            }));
  }

  private static Damage stopping(long length, Runnable then) {
    return new Damage() {
      @Override
      public int allowed(long at, int wanted) {
        if (at >= length) {
          then.run();
          return 0;
        }
        return (int) Math.min(wanted, length - at);
      }

      @Override
      public void read(long at, byte[] buffer, int offset, int count) {}
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int allowed = length == 0 ? 0 : damage.allowed(at, length);
    if (allowed == 0) {
      return length == 0 ? 0 : -1;
    }
    int got = super.read(buffer, offset, allowed);
    if (got > 0) {
      damage.read(at, buffer, offset, got);
      at += got;
    }
    return got;
  }
}
