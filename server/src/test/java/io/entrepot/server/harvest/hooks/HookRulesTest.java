// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.harvest.instruments.Glob;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HookRulesTest {

  @ParameterizedTest
  @CsvSource({
    "*.tmp, a/b.tmp, true",
    "a*c, a/b/c, true",
    "?.raw, x.raw, true",
    "?.raw, xy.raw, false",
    "[!x]*, abc, true",
    "[!x]*, xbc, false",
    "[a-c]1, b1, true",
    "~*, ~lock, true",
    "*.RAW, a.raw, false",
    "a[b, a[b, true",
    "a.c, abc, false",
    "'(a|b)+', '(a|b)+', true",
  })
  void shell_patterns_fit_as_a_shell_would_have_it(String glob, String path, boolean fits) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    assertThat(Glob.of(glob).fits(name, path)).isEqualTo(fits);
  }

  @Test
  void groups_in_pythons_spelling_work_with_underscores_in_their_names() {
    assertThat(Expression.of("(?P<sample_id>s\\d+)(?P<rest>x)?").search("run/s42/a"))
        .containsEntry("sample_id", "s42")
        .containsEntry("rest", null);
    assertThat(Expression.of("(?P<a>x)").search("yyy")).isEmpty();
  }

  @Test
  void a_pattern_that_could_take_for_ever_is_linear_here() {
    String text = "a".repeat(50_000) + "!";
    assertThat(Expression.of("^(a+)+$").search(text)).isEmpty();
  }

  @Test
  void a_fraction_of_a_byte_is_refused() {
    assertThatThrownBy(() -> FileFilter.of(Map.of("min_size_bytes", 0.5)))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e ->
                assertThat(e.problems().getFirst().path())
                    .containsExactly("config", "min_size_bytes"));
  }

  @Test
  void a_broken_pattern_is_refused_where_it_stands() {
    assertThatThrownBy(
            () ->
                MetadataEnrichment.of(
                    Map.of("rules", List.of(Map.of("pattern", "ok"), Map.of("pattern", "(")))))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e ->
                assertThat(e.problems().getFirst().path())
                    .containsExactly("config", "rules", "1", "pattern"));
  }

  @Test
  void a_misspelt_setting_is_refused_when_it_is_saved_and_does_not_stop_what_runs() {
    Map<String, Object> filter =
        Map.of(
            "exclude_pattern",
            List.of("*.tmp"),
            "redirect_rules",
            List.of(Map.of("pattern", "*", "destination", "alt", "destinaton", "x")));
    assertThatThrownBy(() -> Builtin.FILE_FILTER.checkNew(new LinkedHashMap<>(filter)))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::path)
                    .containsExactly(
                        List.of("config", "exclude_pattern"),
                        List.of("config", "redirect_rules", "0", "destinaton")));
    assertThat(FileFilter.of(new LinkedHashMap<>(filter))).isNotNull();

    Map<String, Object> rules =
        Map.of("rules", List.of(Map.of("pattern", "x", "sorce", "filename")));
    assertThatThrownBy(() -> Builtin.METADATA_ENRICHMENT.checkNew(new LinkedHashMap<>(rules)))
        .hasMessageContaining("sorce")
        .hasMessageContaining("pattern, source");
    Builtin.ACCESS_ASSIGNMENT.checkNew(Map.of("grants", List.of(), "on_error", "proceed"));
    Builtin.FILE_FILTER.checkNew(null);
  }

  @Test
  void a_hook_without_settings_is_legal_and_lets_all_through() {
    assertThat(FileFilter.of(null)).isNotNull();
    assertThat(
            MetadataEnrichment.of(null).find(HookSubject.of("a", 1, Map.of()), new ArrayList<>()))
        .isEmpty();
    assertThat(AccessAssignment.of(null).find(HookSubject.of("a", 1, Map.of()))).isEmpty();
  }

  @Test
  void grants_name_whom_the_metadata_or_the_settings_name() {
    AccessAssignment assignment =
        AccessAssignment.of(
            Map.of(
                "grants",
                List.of(
                    Map.of("grantee_type", "project", "match_field", "compound"),
                    Map.of(
                        "grantee_type", "user",
                        "match_field", "u@lab.example",
                        "source", "literal"),
                    Map.of("grantee_type", "group", "match_field", "absent"))));

    assertThat(assignment.find(HookSubject.of("a", 1, Map.of("compound", "water"))))
        .containsExactly(
            new AccessAssignment.Wanted(GranteeType.PROJECT, "water"),
            new AccessAssignment.Wanted(GranteeType.USER, "u@lab.example"));
  }
}
