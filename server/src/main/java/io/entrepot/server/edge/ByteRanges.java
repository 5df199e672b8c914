// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a request asks for, by RFC 9110. Ranges that are not there are left out where
 * others are. As the whole is served what cannot be read, what an {@code If-Range} does not fit,
 * and what only an attacker asks for: more than {@value #MOST} ranges, or some that overlap.
 *
 * @param parts in the order in which they were asked for; empty for the whole
 * @param size of the whole
 */
public record ByteRanges(List<ByteRange> parts, long size) {

  private static final int MOST = 16;
  private static final String UNIT = "bytes=";

  public ByteRanges {
    parts = List.copyOf(parts);
  }

  /**
   * @param tag the strong entity tag of what would be sent
   * @throws io.entrepot.base.EntrepotException {@code RANGE_NOT_SATISFIABLE} when nothing of it is
   *     there
   */
  public static ByteRanges of(HttpServletRequest request, long size, String tag) {
    String condition = request.getHeader("If-Range");
    boolean fits = condition == null || condition.equals(tag);
    return new ByteRanges(fits ? read(request.getHeader("Range"), size) : List.of(), size);
  }

  private static List<ByteRange> read(@Nullable String header, long size) {
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(UNIT)) {
      return List.of();
    }
    List<String> written =
        Arrays.stream(header.substring(UNIT.length()).split(",", -1))
            .map(String::strip)
            .filter(range -> !range.isEmpty())
            .toList();
    if (written.isEmpty()
        || written.size() > MOST
        || !written.stream().allMatch(ByteRange::isRange)) {
      return List.of();
    }
    List<ByteRange> there =
        written.stream()
            .map(range -> ByteRange.read(range, size))
            .flatMap(Optional::stream)
            .toList();
    if (there.isEmpty()) {
      throw new ByteRange.Unsatisfiable(size);
    }
    boolean whole = there.size() == 1 && there.getFirst().length() == size;
    return whole || anyOverlap(there) ? List.of() : there;
  }

  private static boolean anyOverlap(List<ByteRange> ranges) {
    for (int i = 0; i < ranges.size(); i++) {
      for (ByteRange later : ranges.subList(i + 1, ranges.size())) {
        if (ranges.get(i).overlaps(later)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it is not the whole. */
  public boolean isPart() {
    return !parts.isEmpty();
  }

  /** Several of them as one body of type {@code multipart/byteranges}. */
  public Multipart multipart(String boundary, String type) {
    return new Multipart(boundary, type, parts);
  }

  /**
   * What stands around the bytes of several parts.
   *
   * @param boundary what the bytes themselves do not hold
   * @param type of the whole
   */
  public record Multipart(String boundary, String type, List<ByteRange> parts) {

    public Multipart {
      parts = List.copyOf(parts);
    }

    public String contentType() {
      return "multipart/byteranges; boundary=" + boundary;
    }

    /** Before the bytes of a part. */
    public byte[] before(ByteRange part) {
      return ascii(
          "\r\n--%s\r\nContent-Type: %s\r\nContent-Range: %s\r\n\r\n"
              .formatted(boundary, type, part.header()));
    }

    /** Behind the last of them. */
    public byte[] end() {
      return ascii("\r\n--" + boundary + "--\r\n");
    }

    /** Of the whole body, in bytes. */
    public long length() {
      List<Long> lengths = new ArrayList<>(List.of((long) end().length));
      parts.forEach(part -> lengths.add(before(part).length + part.length()));
      return lengths.stream().mapToLong(Long::longValue).sum();
    }

    private static byte[] ascii(String text) {
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }
}
