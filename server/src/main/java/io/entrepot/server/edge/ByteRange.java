// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of bytes in something of a known size.
 *
 * @param first the first byte, from 0
 * @param length how many, at least one
 * @param size of the whole
 */
public record ByteRange(long first, long length, long size) {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

  /** Nothing of what was asked for is there. */
  static final class Unsatisfiable extends EntrepotException {
    private final long size;

    Unsatisfiable(long size) {
      super(
          ErrorCode.RANGE_NOT_SATISFIABLE, "The range lies behind the last of " + size + " bytes");
      this.size = size;
    }

    /** The value of {@code Content-Range} in the refusal, from which a caller learns the size. */
    String header() {
      return "bytes */" + size;
    }
  }

  /** Whether this is how a range is written, be there such bytes or not. */
  static boolean isRange(String written) {
    Matcher range = WRITTEN.matcher(written);
    if (!range.matches() || written.equals("-")) {
      return false;
    }
    return range.group(1).isEmpty()
        || range.group(2).isEmpty()
        || Long.parseLong(range.group(1)) <= Long.parseLong(range.group(2));
  }

  /** As much of a written range as is there; empty when nothing is. */
  static Optional<ByteRange> read(String written, long size) {
    int dash = written.indexOf('-');
    String from = written.substring(0, dash);
    String to = written.substring(dash + 1);
    if (from.isEmpty()) {
      long last = Math.min(Long.parseLong(to), size);
      return there(size - last, last, size);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    return there(first, last - first + 1, size);
  }

  private static Optional<ByteRange> there(long first, long length, long size) {
    return first < size && length > 0
        ? Optional.of(new ByteRange(first, length, size))
        : Optional.empty();
  }

  boolean overlaps(ByteRange other) {
    return first < other.first + other.length && other.first < first + length;
  }

  /** The value of {@code Content-Range}. */
  public String header() {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
