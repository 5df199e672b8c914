// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.ApiKey.Limits;
import io.entrepot.server.identity.ApiKey.Scope;
import io.entrepot.server.ledger.AuditFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ApiKeysTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_key_works_until_it_expires_or_is_revoked(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      Account bob = house.account("bob@lab", Role.STANDARD);
      Instant end = house.clock.instant().plus(HOUR);
      ApiKey.Made made =
          house.keys.create(
              ann.actor(), "nightly", new Limits(Scope.READ, Set.of(Door.HARVEST), end));

      assertThat(made.token()).startsWith(made.key().prefix());
      assertThat(house.keys.list(ann.actor(), false, Slice.ALL).items())
          .containsExactly(made.key());
      assertThat(house.keys.list(bob.actor(), false, Slice.ALL).items()).isEmpty();
      SignedIn found = house.bearer(made.token()).orElseThrow();
      assertThat(found.limits().readOnly()).isTrue();
      assertThat(found.actor().account()).isEqualTo(ann.id());
      assertThat(found.limits().opens(Door.HARVEST)).isTrue();
      assertThat(found.limits().opens(Door.BACKUP)).isFalse();
      house.clock.advance(HOUR);
      assertThat(house.bearer(made.token())).isEmpty();

      ApiKey.Made endless = house.key(ann, Scope.OPERATE);
      assertThatThrownBy(() -> house.keys.revoke(bob.actor(), endless.key().id()))
          .isInstanceOf(NotFoundException.class);
      house.keys.revoke(ann.actor(), endless.key().id());
      assertThat(house.bearer(endless.token())).isEmpty();
      assertThatThrownBy(() -> house.keys.revoke(ann.actor(), endless.key().id()))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_key_never_does_more_than_its_owner_may_now(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.ADMIN);
      String all = house.key(ann, Scope.ADMIN).token();
      String some = house.key(ann, Scope.OPERATE).token();

      assertThat(house.bearer(all).orElseThrow().actor().role()).isEqualTo(Role.ADMIN);
      assertThat(house.bearer(some).orElseThrow().actor().role()).isEqualTo(Role.EMPLOYEE);
      AccountChange demotion = new AccountChange(null, null, Role.STANDARD, null, null);
      house.accounts.update(root.actor(), ann.id(), demotion, null);
      assertThat(house.bearer(all).orElseThrow().actor().role()).isEqualTo(Role.STANDARD);
      assertThat(house.bearer(some).orElseThrow().actor().role()).isEqualTo(Role.STANDARD);

      Account demoted = house.accounts.live(ann.id());
      assertThatThrownBy(() -> house.key(demoted, Scope.ADMIN))
          .isInstanceOf(InvalidFieldsException.class)
          .hasMessageContaining("administrator");
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void when_and_from_where_a_key_was_used_is_known_to_the_minute(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      ApiKey.Made made = house.key(ann, Scope.READ);
      Instant first = house.clock.instant();
      assertThat(house.keys.own(ann.actor(), made.key().id()).lastUse()).isNull();

      house.authenticator.bearer(made.token(), "192.0.2.7");
      house.clock.advance(Duration.ofSeconds(59));
      house.authenticator.bearer(made.token(), "192.0.2.8");
      assertThat(house.keys.own(ann.actor(), made.key().id()).lastUse())
          .isEqualTo(new ApiKey.Use(first, "192.0.2.7"));

      house.clock.advance(Duration.ofSeconds(1));
      house.authenticator.bearer(made.token(), "192.0.2.8");
      assertThat(house.keys.own(ann.actor(), made.key().id()).lastUse())
          .isEqualTo(new ApiKey.Use(house.clock.instant(), "192.0.2.8"));
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void administrators_see_and_end_the_keys_of_everybody(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Actor root = house.account("root@lab", Role.ADMIN).actor();
      Account ann = house.account("ann@lab", Role.STANDARD);
      ApiKey.Made made = house.key(ann, Scope.OPERATE);

      assertThat(house.keys.list(root, false, Slice.ALL).total()).isZero();
      assertThat(house.keys.list(root, true, Slice.ALL).items()).containsExactly(made.key());
      assertThat(made.key().owner().email()).isEqualTo("ann@lab");
      assertThatThrownBy(() -> house.keys.list(ann.actor(), true, Slice.ALL))
          .isInstanceOf(EntrepotException.class)
          .hasMessageContaining("administrators");
      assertThatThrownBy(() -> house.keys.own(root, made.key().id()))
          .isInstanceOf(NotFoundException.class);
      house.keys.revoke(root, made.key().id());
      assertThat(house.bearer(made.token())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void what_is_done_with_keys_is_in_the_audit_log_without_the_key(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      ApiKey.Made made = house.key(ann, Scope.OPERATE);
      house.keys.rename(ann.actor(), made.key().id(), "weekly");
      house.keys.revoke(ann.actor(), made.key().id());

      var records =
          house
              .auditLog
              .list(
                  new AuditFilter(AuditFilter.Thing.ofType("api_key"), null, null, null, null),
                  Slice.ALL)
              .items();
      assertThat(records)
          .extracting(found -> found.entry().action())
          .containsExactly("revoke", "update", "create");
      assertThat(records.get(1).entry().changes()).contains("\"x\"", "\"weekly\"");
      assertThat(records.toString()).doesNotContain(made.token());
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_key_that_would_be_over_at_once_is_not_made(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      Limits over = new Limits(Scope.READ, Set.of(), house.clock.instant());

      assertThatThrownBy(() -> house.keys.create(ann.actor(), "x", over))
          .isInstanceOf(InvalidFieldsException.class)
          .hasMessageContaining("expires_at");
    }
  }
}
