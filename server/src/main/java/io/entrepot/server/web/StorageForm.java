// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.TextLimits;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocationDraft;
import io.entrepot.server.places.StorageType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A storage location as a form, and back. */
final class StorageForm {

  static final String[] FIELDS = {"name", "type", "base_path", "host", "export_path"};

  /** The types that this server can open. */
  static final List<Form.Option> TYPES =
      List.of(
          new Form.Option("posix", "A folder of this machine"),
          new Form.Option("nfs", "NFS, mounted on this machine"));

  /** Those that the form shows; what is stored of the others stays. */
  private static final List<String> NFS = List.of("host", "export_path");

  private StorageForm() {}

  static Form fresh() {
    return Form.of(Map.of("type", "posix", "enabled", "true"));
  }

  static Form of(StorageLocation location) {
    Map<String, String> values = new HashMap<>();
    var config = location.config();
    if (config != null) {
      config.masked().forEach((name, value) -> values.put(name, Objects.toString(value, "")));
    }
    values.put("name", location.name());
    values.put("type", location.type().word());
    values.put("base_path", location.basePath());
    values.put("enabled", String.valueOf(location.enabled()));
    return Form.of(values);
  }

  /**
   * @throws InvalidFieldsException when the name or the path is missing
   */
  static StorageLocationDraft draft(Form form) {
    StorageType type;
    try {
      type = StorageType.ofWord(form.value("type"));
    } catch (IllegalArgumentException _) {
      throw new InvalidFieldsException(
          FieldProblem.of("type", "enum", "Choose one.", form.value("type")));
    }
    Map<String, @Nullable Object> config = null;
    if (type == StorageType.NFS) {
      config = new LinkedHashMap<>();
      for (String name : NFS) {
        config.put(name, form.text(name));
      }
    }
    return new StorageLocationDraft(
        form.required("name"),
        type,
        form.required("base_path", TextLimits.PATH),
        config,
        form.flag("enabled"));
  }
}
