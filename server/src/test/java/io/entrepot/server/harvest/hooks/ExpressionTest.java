// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Patterns that need look-around or back-references, beside those of HookRulesTest. */
class ExpressionTest {

  @Test
  void look_around_works_with_groups_in_pythons_spelling() {
    assertThat(
            Expression.of("(?P<sample_id>[a-z]+)(?=_raw)(?P<rest_>_(?!x))?").search("run/abc_raw"))
        .containsEntry("sample_id", "abc")
        .containsEntry("rest_", "_");
    assertThat(Expression.of("(?<=day )(?P<day>\\d+)").search("a/day 42/b"))
        .containsEntry("day", "42");
    assertThat(Expression.of("(?<!x)(?P<a>y)(?P<b>z)?").search("xy y"))
        .containsEntry("a", "y")
        .containsEntry("b", null);
    assertThat(Expression.of("(?P<a>x)(?!y)").search("xy")).isEmpty();
  }

  @Test
  void a_group_can_be_asked_for_again() {
    assertThat(Expression.of("(?P<sample_id>[a-z]+)/(?P=sample_id)[.]dat").search("abc/abc.dat"))
        .containsEntry("sample_id", "abc");
    assertThat(Expression.of("(?P<a>.)\\1").search("abccd")).containsEntry("a", "c");
  }

  @Test
  void brackets_and_backslashes_mean_what_they_mean_elsewhere() {
    assertThat(Expression.of("(?=.)(?P<a>[[&&(?P<]+)").search("x[&(<?Py"))
        .containsEntry("a", "[&(<?P");
    assertThat(Expression.of("(?=.)\\((?P<a>x)").search("(x")).containsEntry("a", "x");
    assertThat(Expression.of("(?=.)[]a](?P<a>x)").search("]x")).containsEntry("a", "x");
    assertThat(Expression.of("(?=.)[^]a](?P<a>x)").search("]xbx")).containsEntry("a", "x");
  }

  @Test
  @Timeout(20)
  void a_pattern_that_would_take_for_ever_is_given_up() {
    String text = "a".repeat(4_000) + "!";
    for (String pattern :
        new String[] {"^(?=a)(a+)+$", "^(?=a)(a|aa)+$", "(?=a)(.*)*x", "(?=a)(a?){500}b\\1"}) {
      Expression expression = Expression.of(pattern);
      assertThatThrownBy(() -> expression.search(text))
          .as(pattern)
          .isInstanceOfSatisfying(
              EntrepotException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
          .hasMessageContaining(pattern);
    }
  }

  @Test
  void what_neither_way_can_use_is_refused() {
    for (String pattern :
        new String[] {
          "(", "(?P<a", "(?=a", "(?P<a>x)(?P<a>(?=y))", "(?=a)(?P=b)", "(?=a)x{1001}"
        }) {
      assertThatThrownBy(() -> Expression.of(pattern))
          .as(pattern)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
