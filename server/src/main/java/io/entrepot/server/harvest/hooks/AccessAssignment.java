// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.harvest.instruments.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The built-in hook that lets people see a file, as its metadata or its settings name them. */
public final class AccessAssignment {

  private static final String LITERAL = "literal";

  private record Rule(GranteeType type, String field, boolean literal) {}

  /**
   * Somebody who is to see the file.
   *
   * @param name a UUID, an e-mail address of a user, or the name of a group or project
   */
  public record Wanted(GranteeType type, String name) {}

  private final List<Rule> rules;

  private AccessAssignment(ConfigReader config) {
    rules =
        config.objects("grants").stream()
            .map(
                grant ->
                    new Rule(
                        type(grant),
                        grant.text("match_field"),
                        grant
                            .choice("source", "metadata", List.of("metadata", LITERAL))
                            .equals(LITERAL)))
            .toList();
  }

  static AccessAssignment of(@Nullable Map<String, @Nullable Object> config) {
    return read(ConfigReader.of(config));
  }

  /** From a reader, which is checked. */
  static AccessAssignment read(ConfigReader config) {
    AccessAssignment assignment = new AccessAssignment(config);
    config.check();
    return assignment;
  }

  private static GranteeType type(ConfigReader grant) {
    return GranteeType.ofWord(grant.choice("grantee_type", "", GranteeType.words())).orElseThrow();
  }

  List<Wanted> find(HookSubject file) {
    List<Wanted> wanted = new ArrayList<>();
    for (Rule rule : rules) {
      Object name = rule.literal() ? rule.field() : file.metadata().get(rule.field());
      if (name != null) {
        wanted.add(new Wanted(rule.type(), name.toString()));
      }
    }
    return wanted;
  }

  static Map<String, Object> schema() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of(
            "grants",
            Map.of(
                "type",
                "array",
                "items",
                Map.of(
                    "type",
                    "object",
                    "required",
                    List.of("grantee_type", "match_field"),
                    "properties",
                    Map.of(
                        "grantee_type", Map.of("enum", GranteeType.words()),
                        "match_field", Map.of("type", "string"),
                        "source", Map.of("enum", List.of("metadata", LITERAL)))))));
  }
}
