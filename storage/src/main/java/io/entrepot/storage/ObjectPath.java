// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A path inside a store: names joined by {@code /}, relative to the store's base. The empty path is
 * the base itself.
 *
 * <p>No name is empty, {@code .} or {@code ..}, holds {@code /} or NUL, or is longer than 255
 * bytes, so a path cannot leave its base by its text. The same value is used by the check and by
 * the open.
 *
 * <p>Names are bytes that usually are UTF-8. Bytes that are not become the private-use characters
 * U+EF80 to U+EFFF, one each, and turn back into the same bytes; where real text holds one of these
 * characters, its bytes are treated as undecodable too. So {@link #text} and {@link #bytes} map one
 * to one, and text can be stored in any database.
 *
 * @param text names joined by {@code /}
 */
public record ObjectPath(String text) implements Comparable<ObjectPath> {

  public static final ObjectPath BASE = new ObjectPath("");

  /** What common file systems allow for one name, in bytes. */
  public static final int NAME_LIMIT = 255;

  private static final char RAW_FIRST = '\uEF80';
  private static final char RAW_LAST = '\uEFFF';
  private static final int RAW_SHIFT = RAW_FIRST - 0x80;

  public ObjectPath {
    if (!text.isEmpty()) {
      for (String name : text.split("/", -1)) {
        checkName(name);
      }
    }
  }

  /** The path that these bytes spell. */
  public static ObjectPath ofBytes(byte[] bytes) {
    return new ObjectPath(decode(bytes));
  }

  /** The path as the bytes a file system uses. */
  public byte[] bytes() {
    return encode(text);
  }

  public boolean isBase() {
    return text.isEmpty();
  }

  public List<String> names() {
    return isBase() ? List.of() : List.of(text.split("/"));
  }

  /** The last name; empty for the base. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /** The folder that holds this; the base holds itself. */
  public ObjectPath parent() {
    int slash = text.lastIndexOf('/');
    return slash < 0 ? BASE : new ObjectPath(text.substring(0, slash));
  }

  public ObjectPath child(String name) {
    checkName(name);
    return new ObjectPath(isBase() ? name : text + "/" + name);
  }

  /** This path, then {@code below}. */
  public ObjectPath resolve(ObjectPath below) {
    if (isBase()) {
      return below;
    }
    return below.isBase() ? this : new ObjectPath(text + "/" + below.text);
  }

  @Override
  public int compareTo(ObjectPath other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Text of one name or path given as bytes; see the class for bytes that are no UTF-8. */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isError()) {
        break;
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) ((in.get() & 0xff) + RAW_SHIFT));
      }
      decoder.reset();
    }
    return escapeRealPrivateUse(out.flip().toString(), bytes);
  }

  /** A decoded character that looks like one of ours is written as the bytes it was. */
  private static String escapeRealPrivateUse(String decoded, byte[] bytes) {
    if (decoded.chars().noneMatch(c -> c >= RAW_FIRST && c <= RAW_LAST)) {
      return decoded;
    }
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    for (int i = 0; i < decoded.length(); ) {
      int point = decoded.codePointAt(i);
      int width = utf8Width(point);
      boolean ours = point >= RAW_FIRST && point <= RAW_LAST;
      boolean real = ours && (bytes[at] & 0xff) == 0xee;
      if (real && spells(bytes, at, point)) {
        for (int k = 0; k < width; k++) {
          text.append((char) ((bytes[at + k] & 0xff) + RAW_SHIFT));
        }
        at += width;
      } else {
        text.appendCodePoint(point);
        at += ours ? 1 : width;
      }
      i += Character.charCount(point);
    }
    return text.toString();
  }

  private static boolean spells(byte[] bytes, int at, int point) {
    byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
    return at + utf8.length <= bytes.length
        && java.util.Arrays.equals(utf8, 0, utf8.length, bytes, at, at + utf8.length);
  }

  private static int utf8Width(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }

  private static byte[] encode(String text) {
    ByteBuffer out = ByteBuffer.allocate(text.length() * 3);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= RAW_FIRST && c <= RAW_LAST) {
        out.put(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
        out.put((byte) (c - RAW_SHIFT));
        from = i + 1;
      }
    }
    out.put(text.substring(from).getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private static void checkName(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw new StoreException(
          ErrorCode.NAME_REFUSED, "\"" + name + "\" cannot be a name in a path. Use another name.");
    }
    if (name.length() > NAME_LIMIT / 3 && encode(name).length > NAME_LIMIT) {
      throw new StoreException(
          ErrorCode.NAME_REFUSED,
          "a name is longer than 255 bytes: " + name.substring(0, 40) + "…");
    }
  }
}
