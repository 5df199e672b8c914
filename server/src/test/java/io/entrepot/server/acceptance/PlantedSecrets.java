// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Secrets a server was told or made, and where they stand: as they are, or as hex, base64 or
 * percent signs show them, also inside of what was packed.
 */
final class PlantedSecrets {

  /** By so many first bytes a form is known again. */
  private static final int HEAD = 8;

  private final Map<String, String> names = new TreeMap<>();
  private final Map<Long, List<byte[]>> forms = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();
  private int made;

  /** A new one of this kind, in the letters and digits that any field takes. */
  String fresh(String kind) {
    made++;
    String mark =
        "canary%02dx%016x".formatted(made, Long.rotateLeft(0x9E3779B97F4A7C15L * made, 7));
    return keep(kind, mark);
  }

  /** One that the server made, or that has a shape of its own. */
  String keep(String kind, String secret) {
    names.put(kind, secret);
    byte[] raw = secret.getBytes(StandardCharsets.UTF_8);
    add(kind, raw);
    add(kind, HexFormat.of().formatHex(raw).getBytes(StandardCharsets.US_ASCII));
    add(kind, HexFormat.of().withUpperCase().formatHex(raw).getBytes(StandardCharsets.US_ASCII));
    add(kind, percent(raw));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + raw.length];
      System.arraycopy(raw, 0, shifted, before, raw.length);
      // What shares a group of four characters with a neighbour is left out.
      int whole = (raw.length + before) / 3 * 4;
      int begin = before == 0 ? 0 : 4;
      add(kind, Arrays.copyOfRange(Base64.getEncoder().encode(shifted), begin, whole));
      add(kind, Arrays.copyOfRange(Base64.getUrlEncoder().encode(shifted), begin, whole));
    }
    return secret;
  }

  private static byte[] percent(byte[] raw) {
    return HexFormat.ofDelimiter("")
        .withPrefix("%")
        .formatHex(raw)
        .toUpperCase(Locale.ROOT)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void add(String kind, byte[] form) {
    forms.computeIfAbsent(head(form, 0), _ -> new ArrayList<>()).add(form);
    owners.put(new String(form, StandardCharsets.ISO_8859_1), kind);
  }

  private static long head(byte[] bytes, int at) {
    long head = 0;
    for (int i = 0; i < HEAD; i++) {
      head = head << Byte.SIZE | bytes[at + i] & 0xFF;
    }
    return head;
  }

  int count() {
    return names.size();
  }

  /** The kinds that stand in these bytes, or in what is packed in them. */
  TreeSet<String> in(byte[] bytes) {
    TreeSet<String> found = new TreeSet<>();
    for (int at = 0; at + HEAD <= bytes.length; at++) {
      for (byte[] form : forms.getOrDefault(head(bytes, at), List.of())) {
        int end = at + form.length;
        if (end <= bytes.length && Arrays.equals(bytes, at, end, form, 0, form.length)) {
          found.add(owners.get(new String(form, StandardCharsets.ISO_8859_1)));
        }
      }
    }
    found.addAll(inZip(bytes));
    found.addAll(inGzip(bytes));
    return found;
  }

  private TreeSet<String> inZip(byte[] bytes) {
    TreeSet<String> found = new TreeSet<>();
    if (!starts(bytes, 'P', 'K')) {
      return found;
    }
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
        found.addAll(in(zip.readAllBytes()));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TreeSet<String> inGzip(byte[] bytes) {
    if (!starts(bytes, 0x1F, 0x8B)) {
      return new TreeSet<>();
    }
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in(gzip.readAllBytes());
    } catch (IOException _) {
      return new TreeSet<>();
    }
  }

  private static boolean starts(byte[] bytes, int first, int second) {
    return bytes.length > 2 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
  }

  TreeSet<String> in(Path file) {
    try {
      return in(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
