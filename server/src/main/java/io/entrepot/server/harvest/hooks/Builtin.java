// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.server.harvest.instruments.ConfigReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The hooks that come with the house, and what their settings look like. */
public enum Builtin {
  FILE_FILTER(
      "File filter",
      "Leaves files out, or sends them elsewhere, by name, path and size.",
      HookDraft.Point.PRE_TRANSFER,
      FileFilter.schema()),
  METADATA_ENRICHMENT(
      "Metadata from names",
      "Reads metadata out of a file's name or path with regular expressions.",
      HookDraft.Point.POST_TRANSFER,
      MetadataEnrichment.schema()),
  ACCESS_ASSIGNMENT(
      "Access by metadata",
      "Lets users, groups or projects see a file, as its metadata names them.",
      HookDraft.Point.POST_TRANSFER,
      AccessAssignment.schema());

  private final String displayName;
  private final String description;
  private final HookDraft.Point point;
  private final Map<String, Object> schema;

  Builtin(
      String displayName, String description, HookDraft.Point point, Map<String, Object> schema) {
    this.displayName = displayName;
    this.description = description;
    this.point = point;
    this.schema = schema;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String displayName() {
    return displayName;
  }

  public String description() {
    return description;
  }

  public HookDraft.Point point() {
    return point;
  }

  /** JSON Schema of the settings. */
  public Map<String, Object> schema() {
    return schema;
  }

  /**
   * @throws io.entrepot.base.InvalidFieldsException naming every setting that cannot be used
   */
  void check(@Nullable Map<String, @Nullable Object> config) {
    read(ConfigReader.of(config));
  }

  /**
   * As {@link #check}, for settings that are new.
   *
   * @throws io.entrepot.base.InvalidFieldsException also naming every setting that there is not
   */
  void checkNew(@Nullable Map<String, @Nullable Object> config) {
    ConfigReader reader = ConfigReader.of(config);
    read(reader);
    // Every hook may have it; those built in never fail.
    reader.text(HookChain.ON_ERROR, "");
    reader.refuseOthers();
    reader.check();
  }

  private void read(ConfigReader reader) {
    switch (this) {
      case FILE_FILTER -> FileFilter.read(reader);
      case METADATA_ENRICHMENT -> MetadataEnrichment.read(reader);
      case ACCESS_ASSIGNMENT -> AccessAssignment.read(reader);
    }
  }

  public static Optional<Builtin> ofWord(@Nullable String word) {
    return List.of(values()).stream().filter(builtin -> builtin.word().equals(word)).findFirst();
  }
}
