// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.harvest.instruments.ConfigReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The built-in hook that reads metadata out of names; a later rule wins over an earlier one. */
final class MetadataEnrichment {

  private static final String FILENAME = "filename";

  private record Rule(Expression expression, boolean ofFilename) {}

  private final List<Rule> rules;

  private MetadataEnrichment(ConfigReader config) {
    rules = config.objects("rules").stream().map(MetadataEnrichment::rule).toList();
  }

  static MetadataEnrichment of(@Nullable Map<String, @Nullable Object> config) {
    return read(ConfigReader.of(config));
  }

  /** From a reader, which is checked. */
  static MetadataEnrichment read(ConfigReader config) {
    MetadataEnrichment enrichment = new MetadataEnrichment(config);
    config.check();
    return enrichment;
  }

  private static Rule rule(ConfigReader config) {
    String pattern = config.text("pattern");
    boolean ofFilename =
        config.choice("source", "path", List.of("path", FILENAME)).equals(FILENAME);
    try {
      return new Rule(Expression.of(pattern), ofFilename);
    } catch (IllegalArgumentException e) {
      config.problem("pattern", String.valueOf(e.getMessage()), pattern);
      return new Rule(Expression.of(""), ofFilename);
    }
  }

  /**
   * @param complaints gets one for each rule that could not be asked
   */
  Map<String, @Nullable Object> find(HookSubject file, List<String> complaints) {
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    for (Rule rule : rules) {
      try {
        found.putAll(rule.expression().search(rule.ofFilename() ? file.filename() : file.path()));
      } catch (EntrepotException e) {
        complaints.add(String.valueOf(e.getMessage()));
      }
    }
    return found;
  }

  static Map<String, Object> schema() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "rules",
            Map.of(
                "type",
                "array",
                "items",
                Map.of(
                    "type",
                    "object",
                    "required",
                    List.of("pattern"),
                    "properties",
                    Map.of(
                        "pattern", Map.of("type", "string"),
                        "source", Map.of("enum", List.of("path", FILENAME)))))));
  }
}
