// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/**
 * How to write one object.
 *
 * @param size how many bytes will come; {@link #UNKNOWN} when nobody knows. A different count is
 *     {@code STORE_SHORT_SOURCE} and leaves nothing behind
 * @param durable when the call returns, the object survives a power cut. Objects that are about to
 *     be published need not be: {@link Store#publish} makes them so
 */
public record WriteOptions(WriteMode mode, long size, boolean durable) {

  public static final long UNKNOWN = -1;

  public static WriteOptions create(long size) {
    return new WriteOptions(WriteMode.CREATE, size, true);
  }

  public static WriteOptions replace(long size) {
    return new WriteOptions(WriteMode.REPLACE, size, true);
  }

  /** For an object that {@link Store#publish} will make durable. */
  public static WriteOptions staged(long size) {
    return new WriteOptions(WriteMode.REPLACE, size, false);
  }
}
