// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import java.util.Arrays;

/**
 * What an entry says, before it has a place in its stream.
 *
 * @param micros when it happened: microseconds since 1970 UTC
 * @param kind what happened
 * @param subject what it happened to
 * @param payload the rest, in the stream's own encoding; not copied, so never change it
 */
@SuppressWarnings("ArrayRecordComponent") // copied ten million times otherwise
public record EntryContent(long micros, String kind, String subject, byte[] payload) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EntryContent that
        && micros == that.micros
        && kind.equals(that.kind)
        && subject.equals(that.subject)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(payload) * 31 + subject.hashCode();
  }
}
