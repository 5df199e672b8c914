// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.identity.EmailAddress;
import io.entrepot.server.identity.Role;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordingTest {

  private static BodyFields body(String text) {
    return Wording.body(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<FieldProblem> problems(Runnable reading) {
    InvalidFieldsException refused =
        catchThrowableOfType(InvalidFieldsException.class, reading::run);
    return refused == null ? List.of() : refused.problems();
  }

  private static List<String> types(BodyFields body) {
    return problems(body::check).stream().map(FieldProblem::type).toList();
  }

  @Test
  void good_fields_are_read_and_unknown_ones_ignored() {
    Id id = new Id("0123456789abcdef01234567");
    BodyFields body =
        body(
            "{\"name\":\"nmr\",\"on\":false,\"n\":7,\"role\":\"admin\",\"config\":{\"a\":[1]},"
                + "\"ref\":\""
                + id.toUuid()
                + "\",\"other\":1}");

    assertThat(body.requiredText("name", 255)).isEqualTo("nmr");
    assertThat(body.flag("on", true)).isFalse();
    assertThat(body.number("n", 0, 0, 10)).isEqualTo(7);
    assertThat(body.requiredChoice("role", Role.class)).isEqualTo(Role.ADMIN);
    assertThat(body.object("config")).isEqualTo(Map.of("a", List.of(1L)));
    assertThat(body.requiredId("ref", "Instrument")).isEqualTo(id);
    assertThat(types(body)).isEmpty();
  }

  @Test
  void absent_and_null_are_told_apart() {
    BodyFields body = body("{\"a\":null}");

    assertThat(body.has("a")).isTrue();
    assertThat(body.has("b")).isFalse();
    assertThat(body.text("a", 9)).isNull();
    assertThat(body.flag("b", true)).isTrue();
    assertThat(types(body)).isEmpty();
    body.requiredText("a", 9);
    assertThat(types(body)).containsExactly("string_type");
  }

  @Test
  void all_problems_are_named_at_once() {
    BodyFields body =
        body(
            "{\"b\":\"\",\"c\":\"xxx\",\"d\":\"perhaps\",\"e\":\"z\",\"f\":9,\"g\":[],\"h\":\"x@\"}");
    body.requiredText("a", 2);
    body.requiredText("b", 2);
    body.text("c", 2);
    body.flag("d", true);
    body.choice("e", Role.class, Role.ADMIN);
    body.number("f", 0, 0, 8);
    body.object("g");
    body.requiredEmail("h");
    body.id("c", "Instrument");

    assertThat(types(body))
        .containsExactly(
            "missing",
            "string_too_short",
            "string_too_long",
            "bool_parsing",
            "enum",
            "less_than_equal",
            "dict_type",
            "value_error",
            "uuid_parsing");
  }

  @Test
  void a_secret_inside_an_inner_object_is_not_shown_either() {
    BodyFields body = body("{\"connection_config\":{\"host\":\"h\",\"password\":\"hush\"}}");
    body.requiredText("name", 9);

    FieldProblem problem = problems(body::check).getFirst();
    assertThat(problem.input())
        .isEqualTo(Map.of("connection_config", Map.of("host", "h", "password", "****")));
  }

  @Test
  void a_secret_in_a_list_is_not_shown_either() {
    BodyFields body =
        body("{\"hosts\":[{\"host\":\"h\",\"token\":\"hush\"}],\"api_key\":[\"hush\"]}");
    body.requiredText("name", 9);
    body.text("hosts", 9);
    body.text("api_key", 9);

    assertThat(problems(body::check)).hasSize(3).asString().doesNotContain("hush").contains("****");
  }

  @Test
  void a_missing_field_shows_the_body_without_its_secrets() {
    BodyFields body = body("{\"password\":\"hush\",\"x\":1}");
    body.requiredText("email", 9);

    FieldProblem problem = problems(body::check).getFirst();
    assertThat(problem.path()).containsExactly("email");
    assertThat(problem.input()).isEqualTo(Map.of("password", "****", "x", 1L));
  }

  @Test
  void a_choice_says_what_is_expected() {
    BodyFields body = body("{\"role\":\"boss\"}");
    body.requiredChoice("role", Role.class);

    FieldProblem problem = problems(body::check).getFirst();
    assertThat(problem.message()).isEqualTo("Input should be 'admin', 'employee' or 'standard'");
    assertThat(problem.context()).containsKey("expected");
  }

  @Test
  void a_uuid_that_is_not_ours_refers_to_nothing() {
    BodyFields body = body("{\"ref\":\"7c9e6679-7425-40de-944b-e07fc1f90ae7\"}");
    body.requiredId("ref", "Instrument");

    assertThat(types(body)).containsExactly("reference_not_found");
  }

  @Test
  void broken_json_is_refused_with_its_position() {
    FieldProblem problem = problems(() -> body("{\"a\": tru}")).getFirst();

    assertThat(problem.type()).isEqualTo("json_invalid");
    assertThat(Integer.parseInt(problem.path().getFirst())).isBetween(5, 10);
  }

  @Test
  void what_is_no_object_is_refused() {
    assertThat(problems(() -> Wording.body(new byte[0])))
        .extracting(FieldProblem::type)
        .containsExactly("missing");
    assertThat(problems(() -> body("[1]")))
        .extracting(FieldProblem::type)
        .containsExactly("model_attributes_type");
    assertThat(problems(() -> body("{} {}")))
        .extracting(FieldProblem::type)
        .containsExactly("json_invalid");
    assertThat(problems(() -> body("[".repeat(100_000))))
        .extracting(FieldProblem::type)
        .containsExactly("json_too_large");
  }

  @Test
  void a_body_of_more_small_things_than_memory_has_room_for_is_refused_before_it_is_made() {
    assertThat(problems(() -> body("{\"a\":[" + "{},".repeat(100_000) + "{}]}"))).isEmpty();
    assertThat(problems(() -> body("{\"a\":[" + "{},".repeat(1_000_000) + "{}]}")))
        .extracting(FieldProblem::type)
        .containsExactly("json_too_large");
  }

  @Test
  void text_that_no_database_can_keep_is_refused() {
    BodyFields body = body("{\"a\":\"x\\u0000\"}");
    body.text("a", 9);

    assertThat(types(body)).containsExactly("value_error");
    assertThat(problems(() -> body("{\"a\":\"\\ud800\"}")))
        .extracting(FieldProblem::type)
        .containsExactly("json_invalid");
  }

  @Test
  void intranet_addresses_are_good_and_nonsense_is_not() {
    assertThat(
            List.of("a@b", "lab.user@nmr.local", "x+y@host.test", "é@例え.jp").stream()
                .allMatch(EmailAddress::isOne))
        .isTrue();
    assertThat(
            List.of("", "a", "@b", "a@", "a b@c", "a@b..c", ".a@b", "a@-b", "a@b@c").stream()
                .noneMatch(EmailAddress::isOne))
        .isTrue();
  }

  @Test
  void paging_has_bounds_and_says_so_in_the_query() {
    QueryFields query = Wording.query(Map.of("skip", List.of("-1"), "limit", List.of("501")));
    Paging.of(query);

    List<FieldProblem> problems = problems(query::check);
    assertThat(problems)
        .extracting(FieldProblem::type)
        .containsExactly("greater_than_equal", "less_than_equal");
    assertThat(problems).extracting(FieldProblem::place).containsOnly(Place.QUERY);
    assertThat(Paging.of(Wording.query(Map.of()))).isEqualTo(new Paging(0, 25));
  }
}
