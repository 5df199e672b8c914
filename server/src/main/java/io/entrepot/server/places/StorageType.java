// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.util.List;
import java.util.Locale;

/** What kind of storage a location is, and which settings its connection needs. */
public enum StorageType {
  POSIX(List.of(), List.of(), List.of()),
  S3(
      List.of("bucket", "region", "access_key_id", "secret_access_key"),
      List.of("endpoint_url"),
      List.of("secret_access_key")),
  CIFS(List.of("host", "share", "username", "password"), List.of("domain"), List.of("password")),
  NFS(List.of("host", "export_path"), List.of("mount_options"), List.of());

  private final List<String> required;
  private final List<String> optional;
  private final List<String> secret;

  StorageType(List<String> required, List<String> optional, List<String> secret) {
    this.required = required;
    this.optional = optional;
    this.secret = secret;
  }

  /** The name in the API and in the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static StorageType ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  List<String> required() {
    return required;
  }

  List<String> optional() {
    return optional;
  }

  boolean isSecret(String field) {
    return secret.contains(field);
  }

  /** Local storage keeps whatever settings it was given; nothing reads them. */
  boolean keepsUnknownSettings() {
    return this == POSIX;
  }
}
