// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What sort of somebody is let see a file. */
public enum GranteeType {
  USER("User"),
  GROUP("Group"),
  PROJECT("Project");

  private final String title;

  GranteeType(String title) {
    this.title = title;
  }

  /** As a person would say it, at the beginning of a sentence. */
  public String title() {
    return title;
  }

  /** Its name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<GranteeType> ofWord(String word) {
    return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(GranteeType::word).toList();
  }
}
