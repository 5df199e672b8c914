// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.custody.AuditEntry.Person;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.ledger.AuditFilter.Thing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditLogTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final Person ANNA = new Person("a".repeat(24), "anna@example.org", "10.0.0.1");
  private static final Person BERT = new Person("b".repeat(24), "bert@example.org", "");

  @ParameterizedTest
  @MethodSource(BOTH)
  void records_are_listed_newest_first_and_filtered(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      Instant start = house.now;
      append(house, ANNA, "create", "instrument", Map.of());
      append(house, BERT, "update", "instrument", Map.of());
      append(house, BERT, "update", "instrument_request", Map.of());
      append(house, ANNA, "delete", "instrument", Map.of());

      assertThat(actions(house, AuditFilter.ALL))
          .containsExactly("delete", "update", "update", "create");
      assertThat(
              actions(house, new AuditFilter(Thing.ofType("instrument"), null, null, null, null)))
          .containsExactly("delete", "update", "create");
      assertThat(actions(house, new AuditFilter(null, "update", null, null, null))).hasSize(2);
      Id anna = new Id(ANNA.account());
      assertThat(actions(house, new AuditFilter(null, null, anna, null, null)))
          .containsExactly("delete", "create");
      Instant second = start.plusSeconds(1);
      AuditFilter then = new AuditFilter(null, null, null, second, second.plusSeconds(1));
      assertThat(actions(house, then)).containsExactly("update");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_part_of_the_list_knows_the_length_of_the_whole(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      for (int i = 0; i < 5; i++) {
        append(house, ANNA, "action" + i, "hook", Map.of());
      }

      Slice.Part<AuditRecord> part = house.audit.list(AuditFilter.ALL, new Slice(1, 2, false));
      assertThat(part.total()).isEqualTo(5);
      assertThat(part.items())
          .extracting(r -> r.entry().action())
          .containsExactly("action3", "action2");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void what_no_index_holds_apart_is_counted_no_further_than_that_there_are_many(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      int many = 10_002;
      database.write(
          () -> {
            for (int i = 0; i < many; i++) {
              house.audit.append(ANNA, "update", new Entity("hook", "c".repeat(24)), Map.of());
            }
          });
      AuditFilter updates = new AuditFilter(null, "update", null, null, null);
      Slice slice = new Slice(10_000, 2, false);

      Slice.Part<AuditRecord> capped = house.audit.list(updates, slice);
      assertThat(capped.total()).isEqualTo(10_000);
      assertThat(capped.exact()).isFalse();
      assertThat(capped.items()).hasSize(2);
      assertThat(capped.goesOn(slice)).isTrue();
      assertThat(house.audit.list(AuditFilter.ALL, slice).total()).isEqualTo(many);
      AuditFilter anna = new AuditFilter(null, null, new Id(ANNA.account()), null, null);
      assertThat(house.audit.list(anna, slice).total()).isEqualTo(many);
      assertThat(house.audit.list(anna, slice).goesOn(slice)).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void whoever_goes_through_all_of_them_meets_each_once_though_others_come(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      for (int i = 0; i < 5; i++) {
        append(house, ANNA, "action" + i, "hook", Map.of());
      }
      List<AuditRecord> first = house.audit.older(AuditFilter.ALL, null, 3);
      append(house, ANNA, "later", "hook", Map.of());
      Id last = first.getLast().id();

      List<AuditRecord> rest = house.audit.older(AuditFilter.ALL, last, 3);
      assertThat(first).extracting(r -> r.entry().action()).endsWith("action2");
      assertThat(rest).extracting(r -> r.entry().action()).containsExactly("action1", "action0");
      Id thing = new Id(rest.getFirst().entry().entity().id());
      assertThat(actions(house, new AuditFilter(new Thing("hook", thing), null, null, null, null)))
          .containsExactly("action1");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void secrets_are_masked_however_deep_they_lie(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      Map<String, Object> config =
          Map.of("host", "h", "hosts", List.of(Map.of("secret_key", "hunter2")));
      append(
          house,
          ANNA,
          "update",
          "service_account",
          Change.between(
              Map.of("password", "hunter2", "name", "x"),
              Map.of("password", "hunter3", "name", "x", "config", config)));

      String changes = only(house).entry().changes();
      assertThat(changes).doesNotContain("hunter").contains("\"****\"").contains("\"host\":\"h\"");
      assertThat(changes).doesNotContain("name");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void values_of_any_type_can_be_recorded(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      UUID id = UUID.fromString("00000000-0000-8000-8000-000000000001");
      append(house, ANNA, "update", "schedule", Map.of("instrument_id", new Change(null, id)));

      assertThat(only(house).entry().changes())
          .isEqualTo("{\"instrument_id\":{\"before\":null,\"after\":\"" + id + "\"}}");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_tampered_record_is_found(Database database) {
    try (TestHouse house = new TestHouse(database)) {
      append(house, ANNA, "create", "hook", Map.of());
      append(house, ANNA, "delete", "hook", Map.of());
      house.closer.closeAndSign();
      assertThat(house.verify(Anchors.NONE).intact()).isTrue();
      database.write(
          () ->
              database.sql("update ledger_entry set kind = 'read' where kind = 'delete'").update());

      assertThat(house.verify(Anchors.NONE).breaches())
          .singleElement()
          .satisfies(breach -> assertThat(breach.entries().first()).isEqualTo(2));
    }
  }

  private static void append(
      TestHouse house, Person who, String action, String type, Map<String, Change> changes) {
    Entity entity = new Entity(type, house.ids.next().hex());
    house.database.write(() -> house.audit.append(who, action, entity, changes));
    house.pass(Duration.ofSeconds(1));
  }

  private static List<String> actions(TestHouse house, AuditFilter filter) {
    return house.audit.list(filter, Slice.ALL).items().stream()
        .map(r -> r.entry().action())
        .toList();
  }

  private static AuditRecord only(TestHouse house) {
    return house.audit.list(AuditFilter.ALL, Slice.ALL).items().getFirst();
  }
}
