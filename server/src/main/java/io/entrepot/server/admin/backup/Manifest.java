// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup holds.
 *
 * @param schema the newest migration that its database has had
 * @param parts every entry but the manifest itself, in order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Manifest(int format, Instant made, int schema, List<Part> parts) {

  static final String NAME = "manifest.json";
  static final int FORMAT = 1;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  Manifest {
    parts = List.copyOf(parts);
    Set<String> names = new HashSet<>();
    for (Part part : parts) {
      if (!names.add(part.name())) {
        throw new IllegalArgumentException("the part " + part.name() + " is there twice");
      }
    }
    if (!names.contains(Part.DATABASE)) {
      throw new IllegalArgumentException("there is no part " + Part.DATABASE);
    }
  }

  /**
   * One entry.
   *
   * @param size in bytes, unpacked
   * @param sha256 lower-case hex digits
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Part(String name, long size, String sha256) {

    static final String DATABASE = "database/entrepot.db";
    static final String SETTINGS = "settings/entrepot.yaml";
    static final String CHECKPOINTS = "checkpoints/";
    static final String KEYS = "keys/";

    /** What may be unpacked into a data directory, so that no name leads out of it. */
    private static final Pattern KNOWN =
        Pattern.compile(
            "database/entrepot\\.db|settings/entrepot\\.yaml"
                + "|checkpoints/[A-Za-z0-9_-][A-Za-z0-9._-]*\\.checkpoint"
                + "|keys/[A-Za-z0-9_-][A-Za-z0-9._-]*");

    Part {
      if (!isKnown(name)) {
        throw new IllegalArgumentException("no part is called \"" + name + "\"");
      }
    }

    static boolean isKnown(String name) {
      return KNOWN.matcher(name).matches();
    }

    boolean isKey() {
      return name.startsWith(KEYS);
    }
  }

  boolean hasKeys() {
    return parts.stream().anyMatch(Part::isKey);
  }

  byte[] json() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /**
   * @throws EntrepotException {@code CHECKSUM_MISMATCH} where this is no manifest
   */
  static Manifest parse(byte[] json) {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (JacksonException e) {
      throw new EntrepotException(
          ErrorCode.CHECKSUM_MISMATCH,
          "The manifest of the backup cannot be used: "
              + e.getOriginalMessage()
              + ". Use another backup.",
          e);
    }
  }
}
