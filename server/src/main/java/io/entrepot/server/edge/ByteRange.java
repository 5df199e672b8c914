// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a request asks for, by RFC 9110: one range is served as a part; several, an
 * unreadable one, or one whose {@code If-Range} does not fit, as the whole.
 *
 * @param first the first byte, from 0
 * @param length how many
 * @param size of the whole
 */
public record ByteRange(long first, long length, long size) {

  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /** Nothing of what was asked for is there. */
  static final class Unsatisfiable extends EntrepotException {
    private final long size;

    private Unsatisfiable(long size) {
      super(
          ErrorCode.RANGE_NOT_SATISFIABLE, "The range lies behind the last of " + size + " bytes");
      this.size = size;
    }

    /** The value of {@code Content-Range} in the refusal, from which a caller learns the size. */
    String header() {
      return "bytes */" + size;
    }
  }

  /**
   * @param tag the strong entity tag of what would be sent
   * @throws EntrepotException {@code RANGE_NOT_SATISFIABLE} when it begins behind the end
   */
  public static ByteRange of(HttpServletRequest request, long size, String tag) {
    ByteRange whole = new ByteRange(0, size, size);
    String condition = request.getHeader("If-Range");
    if (condition != null && !condition.equals(tag)) {
      return whole;
    }
    return parse(request.getHeader("Range"), whole);
  }

  static ByteRange parse(@Nullable String header, ByteRange whole) {
    Matcher range = ONE.matcher(header == null ? "" : header);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return whole;
    }
    long size = whole.size();
    if (range.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(range.group(2)), size);
      return satisfiable(size - last, last, size);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (last < first && !range.group(2).isEmpty()) {
      return whole;
    }
    return satisfiable(first, Math.min(last, size - 1) - first + 1, size);
  }

  private static ByteRange satisfiable(long first, long length, long size) {
    if (first >= size || length <= 0) {
      throw new Unsatisfiable(size);
    }
    return new ByteRange(first, length, size);
  }

  public boolean isPart() {
    return length < size;
  }

  /** The value of {@code Content-Range}. */
  public String header() {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
