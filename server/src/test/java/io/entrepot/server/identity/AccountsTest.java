// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.ledger.AuditFilter;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccountsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_link_is_good_for_the_address_that_it_is_sent_to_and_no_other(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      AccountChange elsewhere = AccountChange.ofOneself("somebody@else", null);
      house.clock.meanwhile(() -> house.accounts.update(ann.actor(), ann.id(), elsewhere, null));

      house.recovery.requestVerification("ann@lab", TestIdentity.HERE);

      assertThat(house.sent).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void an_address_names_one_account_for_ever(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("Ann@lab", Role.STANDARD);
      house.accounts.delete(root.actor(), ann.id());

      assertThatThrownBy(() -> house.account("ann@LAB", Role.STANDARD))
          .isInstanceOf(EmailTakenException.class);
      assertThat(house.accounts.findByEmail("ann@lab")).isEmpty();
      assertThat(house.accounts.list(Slice.ALL).items()).containsExactly(root);
      assertThat(house.accounts.restore(root.actor(), ann.id()).email()).isEqualTo("Ann@lab");
      assertThatThrownBy(() -> house.accounts.restore(root.actor(), ann.id()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Deleted user not found");
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void the_last_administrator_stays(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      AccountChange demotion = new AccountChange(null, null, Role.STANDARD, null, null);
      AccountChange disabling = new AccountChange(null, null, null, false, null);

      for (AccountChange change : new AccountChange[] {demotion, disabling}) {
        assertThatThrownBy(() -> house.accounts.update(root.actor(), root.id(), change, null))
            .hasMessageContaining("last administrator");
      }
      assertThatThrownBy(() -> house.accounts.delete(Actor.HOUSE, root.id()))
          .hasMessageContaining("last administrator");
      assertThatThrownBy(() -> house.accounts.delete(root.actor(), root.id()))
          .hasMessageContaining("cannot delete yourself");
      assertThat(house.accounts.live(root.id())).isEqualTo(root);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_login_ends_by_time_by_logging_out_and_with_its_account(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.STANDARD);
      String late = open(house, ann, LoginKind.JWT).token();
      assertThat(house.bearer(late)).isPresent();
      assertThat(house.authenticator.session(late)).isEmpty();
      house.clock.advance(HOUR);
      assertThat(house.bearer(late)).isEmpty();

      Login.Opened cookie = open(house, ann, LoginKind.COOKIE);
      assertThat(house.authenticator.session(cookie.token()).orElseThrow().actor().account())
          .isEqualTo(ann.id());
      assertThat(house.bearer(cookie.token())).isEmpty();
      house.logins.end(new SignedIn(ann.actor(), cookie.login().id()), TestIdentity.HERE);
      assertThat(house.authenticator.session(cookie.token())).isEmpty();

      String token = open(house, ann, LoginKind.JWT).token();
      house.accounts.delete(root.actor(), ann.id());
      house.accounts.restore(root.actor(), ann.id());
      assertThat(house.bearer(token)).isEmpty();
    }
  }

  private static Login.Opened open(TestIdentity house, Account account, LoginKind kind) {
    return house.logins.open(account, kind, HOUR, TestIdentity.HERE);
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void who_is_no_administrator_keeps_his_role_when_administration_is_taken(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.ADMIN);
      Account bob = house.account("bob@lab", Role.EMPLOYEE);
      AccountChange change = new AccountChange(null, null, Role.STANDARD, null, null, true);

      assertThat(house.accounts.update(root.actor(), ann.id(), change, null).role())
          .isEqualTo(Role.STANDARD);
      assertThat(house.accounts.update(root.actor(), bob.id(), change, null).role())
          .isEqualTo(Role.EMPLOYEE);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void the_role_of_now_counts_for_a_token_of_before(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.ADMIN);
      String token = open(house, ann, LoginKind.JWT).token();

      AccountChange demotion = new AccountChange(null, null, Role.EMPLOYEE, null, null);
      house.accounts.update(root.actor(), ann.id(), demotion, null);

      assertThat(house.bearer(token).orElseThrow().actor().role()).isEqualTo(Role.EMPLOYEE);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_link_resets_the_password_once_within_an_hour(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      String session = open(house, ann, LoginKind.COOKIE).token();
      house.recovery.forgot("nobody@lab", TestIdentity.HERE);
      house.recovery.forgot("ANN@lab", TestIdentity.HERE);
      house.recovery.forgot("ann@lab", TestIdentity.HERE);
      assertThat(house.sent).hasSize(2);
      String older = house.sent.getFirst();
      String token = house.sent.getLast();

      assertThatThrownBy(() -> house.recovery.reset(older, "a new password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThatThrownBy(() -> house.recovery.reset(token, "short", TestIdentity.HERE))
          .isInstanceOf(WeakPasswordException.class);
      assertThatThrownBy(() -> house.recovery.verify(token, TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      house.recovery.reset(token, "a new password", TestIdentity.HERE);
      assertThat(house.authenticator.session(session)).isEmpty();
      assertThat(house.enter("ann@lab", "a new password")).isPresent();
      assertThatThrownBy(() -> house.recovery.reset(token, "another password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);

      house.recovery.requestVerification("ann@lab", TestIdentity.HERE);
      house.clock.advance(HOUR);
      assertThatThrownBy(() -> house.recovery.verify(house.sent.getLast(), TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      house.recovery.requestVerification("ann@lab", TestIdentity.HERE);
      assertThat(house.recovery.verify(house.sent.getLast(), TestIdentity.HERE).verified())
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_link_sent_to_an_address_is_worthless_once_the_address_is_another(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      house.recovery.forgot("ann@lab", TestIdentity.HERE);
      house.recovery.requestVerification("ann@lab", TestIdentity.HERE);
      String session = open(house, ann, LoginKind.COOKIE).token();

      house.accounts.update(
          ann.actor(), ann.id(), AccountChange.ofOneself("ann@new.lab", null), null);

      assertThatThrownBy(
              () ->
                  house.recovery.reset(house.sent.getFirst(), "a new password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThatThrownBy(() -> house.recovery.verify(house.sent.getLast(), TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThat(house.accounts.live(ann.id()).verified()).isFalse();
      assertThat(house.authenticator.session(session)).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_new_password_ends_other_logins_and_links_but_no_api_key(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      Login.Opened asking = open(house, ann, LoginKind.COOKIE);
      String cookie = open(house, ann, LoginKind.COOKIE).token();
      String jwt = open(house, ann, LoginKind.JWT).token();
      String key = house.key(ann, ApiKey.Scope.OPERATE).token();
      house.recovery.forgot("ann@lab", TestIdentity.HERE);

      AccountChange change = AccountChange.ofOneself(null, "a new password");
      house.accounts.update(ann.actor(), ann.id(), change, asking.login().id());

      assertThat(house.authenticator.session(cookie)).isEmpty();
      assertThat(house.bearer(jwt)).isEmpty();
      assertThatThrownBy(
              () ->
                  house.recovery.reset(house.sent.getLast(), "another password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThat(house.authenticator.session(asking.token())).isPresent();
      assertThat(house.bearer(key)).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_disabled_or_deleted_account_has_no_way_in_and_its_links_stay_worthless(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.STANDARD);
      String key = house.key(ann, ApiKey.Scope.OPERATE).token();
      house.recovery.forgot("ann@lab", TestIdentity.HERE);

      house.accounts.update(root.actor(), ann.id(), active(false), null);
      assertThat(house.bearer(key)).isEmpty();
      house.accounts.update(root.actor(), ann.id(), active(true), null);

      assertThat(house.bearer(key)).isPresent();
      assertThatThrownBy(
              () -> house.recovery.reset(house.sent.getLast(), "a new password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      house.recovery.forgot("ann@lab", TestIdentity.HERE);
      house.accounts.delete(root.actor(), ann.id());
      assertThat(house.bearer(key)).isEmpty();
      house.accounts.restore(root.actor(), ann.id());
      assertThatThrownBy(
              () -> house.recovery.reset(house.sent.getLast(), "a new password", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
    }
  }

  private static AccountChange active(boolean active) {
    return new AccountChange(null, null, null, active, null);
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void what_is_done_to_accounts_is_in_the_audit_log_without_secrets(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.STANDARD);
      open(house, ann, LoginKind.JWT);
      house.accounts.update(
          root.actor(), ann.id(), AccountChange.ofOneself(null, "a secret one"), null);
      house.accounts.delete(root.actor(), ann.id());
      house.accounts.restore(root.actor(), ann.id());

      var records = house.auditLog.list(AuditFilter.ALL, Slice.ALL).items();
      assertThat(records)
          .extracting(found -> found.entry().action())
          .containsExactly("restore", "delete", "update", "update", "login", "create", "create");
      assertThat(records.toString().toLowerCase(Locale.ROOT))
          .doesNotContain("a secret one", "argon2", TestIdentity.PASSWORD);
      assertThat(records.getFirst().entry().actor().email()).isEqualTo("root@lab");
      assertThat(records.get(4).entry().actor().address()).isEqualTo("192.0.2.1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void membership_reaches_through_groups_and_ends_with_them(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Id ann = house.account("ann@lab", Role.STANDARD).id();
      Actor by = root.actor();
      Team group = house.groups.create(by, "Chemists", null);
      Team direct = house.projects.create(by, "Direct", "x");
      Team through = house.projects.create(by, "Through", null);
      house.groups.add(by, group.id(), Team.MemberType.USER, ann);
      house.projects.add(by, direct.id(), Team.MemberType.USER, ann);
      house.projects.add(by, through.id(), Team.MemberType.GROUP, group.id());

      assertThat(house.memberships.principalsOf(ann))
          .containsExactly(group.id(), direct.id(), through.id());
      house.groups.delete(by, group.id());
      assertThat(house.memberships.principalsOf(ann)).containsExactly(direct.id());
      assertThat(house.groups.restore(by, group.id()).name()).isEqualTo("Chemists");
      assertThat(house.memberships.principalsOf(ann)).hasSize(3);
      house.projects.remove(by, direct.id(), ann);
      assertThat(house.memberships.of(ann, Team.Kind.PROJECT)).containsExactly(through);

      assertThatThrownBy(() -> house.groups.create(by, "CHEMISTS", null))
          .hasMessageContaining("exists already");
      assertThatThrownBy(() -> house.groups.add(by, group.id(), Team.MemberType.USER, ann))
          .hasMessage("Already a member");
      assertThatThrownBy(() -> house.groups.add(by, group.id(), Team.MemberType.USER, group.id()))
          .hasMessageContaining("User not found");
    }
  }
}
