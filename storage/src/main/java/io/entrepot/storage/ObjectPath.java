// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
 * to one, and text can be stored in any database. Text that no bytes decode to (half a surrogate
 * pair, raw characters that together spell good UTF-8) is refused: it would be a second name of
 * another path's bytes.
 *
 * @param text names joined by {@code /}
 */
public record ObjectPath(String text) implements Comparable<ObjectPath> {

  public static final ObjectPath BASE = new ObjectPath("");

  /** What common file systems allow for one name, in bytes. */
  public static final int NAME_LIMIT = 255;

  private static final char RAW_FIRST = '\uEF80';
  private static final char RAW_LAST = '\uEFFF';
  private static final char REPLACEMENT = '\uFFFD';
  private static final int RAW_SHIFT = RAW_FIRST - 0x80;

  public ObjectPath {
    if (!text.isEmpty() && !isPlain(text)) {
      int from = 0;
      for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', from)) {
        checkName(text.substring(from, slash));
        from = slash + 1;
      }
      checkName(text.substring(from));
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

  /** The last name as the bytes a file system uses. */
  public byte[] nameBytes() {
    return encode(name());
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
    String plain = new String(bytes, StandardCharsets.UTF_8);
    return plain.indexOf(REPLACEMENT) < 0 && !holdsRaw(plain) ? plain : decodeBytewise(bytes);
  }

  private static String decodeBytewise(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(at + utf8Width(bytes[at]), bytes.length);
      byte[] slice = Arrays.copyOfRange(bytes, at, end);
      String character = new String(slice, StandardCharsets.UTF_8);
      // Only what turns back into the same bytes is text.
      if (!holdsRaw(character)
          && character.codePointCount(0, character.length()) == 1
          && Arrays.equals(character.getBytes(StandardCharsets.UTF_8), slice)) {
        text.append(character);
        at = end;
      } else {
        text.append((char) ((bytes[at] & 0xff) + RAW_SHIFT));
        at++;
      }
    }
    return text.toString();
  }

  private static int utf8Width(byte first) {
    int unsigned = first & 0xff;
    return unsigned < 0xe0 ? unsigned < 0xc0 ? 1 : 2 : unsigned < 0xf0 ? 3 : 4;
  }

  private static boolean holdsRaw(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isRaw(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRaw(char c) {
    return c >= RAW_FIRST && c <= RAW_LAST;
  }

  private static byte[] encode(String text) {
    if (!holdsRaw(text)) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 3);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isRaw(c)) {
        out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
        out.write(c - RAW_SHIFT);
        from = i + 1;
      }
    }
    out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /**
   * Whether every name is of letters that are ASCII, begins with no dot and is short: nearly every
   * path is so, and is seen to be good without being taken apart.
   */
  private static boolean isPlain(String text) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || c == 0 || (length == 0 && (c == '.' || c == '/')) || length > NAME_LIMIT) {
        return false;
      }
      length = c == '/' ? 0 : length + 1;
    }
    return length > 0 && length <= NAME_LIMIT;
  }

  private static void checkName(String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw refused(name, "cannot be a name in a path");
    }
    boolean ascii = true;
    for (int i = 0; i < name.length() && ascii; i++) {
      ascii = name.charAt(i) < 0x80;
    }
    if (ascii ? name.length() > NAME_LIMIT : encode(name).length > NAME_LIMIT) {
      throw refused(name.substring(0, 40) + "…", "is longer than 255 bytes");
    }
    if (!ascii && !decode(encode(name)).equals(name)) {
      throw refused(name, "is no text: half a character, or characters that stand for raw bytes");
    }
  }

  private static StoreException refused(String name, String why) {
    return new StoreException(
        ErrorCode.NAME_REFUSED, "\"" + name + "\" " + why + ". Use another name.");
  }
}
