// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.RetryLaterException;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.OpenIdAccounts.Person;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditRecord;
import io.entrepot.server.settings.GivenSettings;
import io.entrepot.server.settings.OpenIdSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who somebody at a provider is here. */
class OpenIdAccountsTest {

  private static final String ISSUER = "https://sso.example";

  private static OpenIdAccounts people(
      TestIdentity house, Database database, boolean newAccounts, boolean linkVerifiedEmail) {
    OpenIdSettings settings =
        GivenSettings.read(
                "--entrepot.openid.name=the institute",
                "--entrepot.openid.new-accounts=" + newAccounts,
                "--entrepot.openid.link-verified-email=" + linkVerifiedEmail)
            .openid();
    Throttle throttle = new Throttle(Throttle.SIGN_IN, house.clock);
    return new OpenIdAccounts(database, house.accounts, throttle, settings, house.tools);
  }

  private static Person person(String subject, String email, Role role) {
    return new Person(ISSUER, subject, email, true, role);
  }

  private static void assertRefused(OpenIdAccounts people, Person person, String why) {
    assertThatThrownBy(() -> people.admit(person, TestIdentity.HERE))
        .hasFieldOrPropertyWithValue("code", ErrorCode.FORBIDDEN)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void all_that_a_sign_in_there_changes_here_is_on_record_with_how_it_came(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      house.account("root@lab", Role.ADMIN);
      OpenIdAccounts people = people(house, database, true, false);
      int before = recorded(house).size();

      people.admit(person("1", "ilse@lab", Role.STANDARD), TestIdentity.HERE);
      Account ilse = people.admit(person("1", "ilse@lab", Role.EMPLOYEE), TestIdentity.HERE);
      assertRefused(people, person("2", "ilse@lab", Role.STANDARD), "does not belong");
      Duration life = Duration.ofHours(1);
      house.logins.openByOpenId(ilse, LoginKind.COOKIE, life, TestIdentity.HERE);

      List<AuditEntry> made = recorded(house);
      made = made.subList(0, made.size() - before);
      assertThat(made)
          .extracting(AuditEntry::action)
          .containsExactly("login", "login_failed", "update", "update", "create");
      assertThat(made)
          .allSatisfy(
              entry -> {
                assertThat(entry.actor().address()).isEqualTo(TestIdentity.HERE.address());
                assertThat(entry.actor().credential().kind()).isEqualTo("openid");
              });
    }
  }

  private static List<AuditEntry> recorded(TestIdentity house) {
    return house.auditLog.list(AuditFilter.ALL, Slice.ALL).items().stream()
        .map(AuditRecord::entry)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void somebody_is_known_by_issuer_and_subject_whatever_their_address(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      house.account("root@lab", Role.ADMIN);
      OpenIdAccounts people = people(house, database, true, false);
      Account ilse = people.admit(person("1", "ilse@lab", Role.STANDARD), TestIdentity.HERE);

      assertThat(ilse.verified()).isTrue();
      assertThat(people.admit(person("1", "new@lab", Role.STANDARD), TestIdentity.HERE))
          .isEqualTo(ilse);
      assertThat(people.admit(person("2", "other@lab", Role.STANDARD), TestIdentity.HERE).id())
          .isNotEqualTo(ilse.id());
      Person elsewhere = new Person("https://x.example", "1", "x@lab", true, Role.STANDARD);
      assertThat(people.admit(elsewhere, TestIdentity.HERE).id()).isNotEqualTo(ilse.id());
      assertRefused(people, person("3", "ILSE@lab", Role.STANDARD), "does not belong");
      assertThat(house.enter("ilse@lab", "")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void the_role_is_what_the_groups_say_each_time(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      OpenIdAccounts people = people(house, database, true, false);
      Account one = people.admit(person("1", "a@lab", Role.ADMIN), TestIdentity.HERE);
      assertThat(one.role()).isEqualTo(Role.ADMIN);

      assertThatThrownBy(() -> people.admit(person("1", "a@lab", Role.STANDARD), TestIdentity.HERE))
          .hasMessageContaining("last administrator");
      people.admit(person("2", "b@lab", Role.ADMIN), TestIdentity.HERE);
      assertThat(people.admit(person("1", "a@lab", Role.EMPLOYEE), TestIdentity.HERE).role())
          .isEqualTo(Role.EMPLOYEE);
      assertThat(house.accounts.live(one.id()).role()).isEqualTo(Role.EMPLOYEE);
      assertRefused(people, new Person(ISSUER, "1", "a@lab", true, null), "None of your groups");
      assertRefused(people, new Person(ISSUER, "9", "z@lab", true, null), "None of your groups");
      assertThat(house.accounts.findByEmail("z@lab")).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void an_account_is_opened_by_its_address_only_where_that_is_allowed_and_proved(
      Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.STANDARD);
      OpenIdAccounts strict = people(house, database, true, false);
      OpenIdAccounts linking = people(house, database, true, true);
      Person her = person("1", "Ann@lab", Role.STANDARD);

      assertRefused(linking, her, "does not belong");
      AccountChange proof = new AccountChange(null, null, null, null, true);
      house.accounts.update(root.actor(), ann.id(), proof, null);
      assertRefused(strict, her, "does not belong");
      assertRefused(
          linking, new Person(ISSUER, "1", "ann@lab", false, Role.STANDARD), "does not belong");
      assertThat(linking.admit(her, TestIdentity.HERE).id()).isEqualTo(ann.id());
      assertRefused(linking, person("2", "ann@lab", Role.STANDARD), "does not belong");
      assertThat(house.enter("ann@lab", TestIdentity.PASSWORD)).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void who_is_unknown_switched_off_deleted_or_has_no_address_stays_outside(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      OpenIdAccounts people = people(house, database, true, true);
      Person one = person("1", "a@lab", Role.STANDARD);
      Account account = people.admit(one, TestIdentity.HERE);

      AccountChange off = new AccountChange(null, null, null, false, null);
      house.accounts.update(root.actor(), account.id(), off, null);
      assertRefused(people, one, "switched off");
      house.accounts.delete(root.actor(), account.id());
      assertRefused(people, one, "switched off");
      assertRefused(people, person("2", "a@lab", Role.STANDARD), "does not belong");
      assertRefused(people, person("2", null, Role.STANDARD), "no e-mail");
      assertRefused(people, person("2", "no address", Role.STANDARD), "no e-mail");
      assertRefused(
          people(house, database, false, true),
          person("2", "b@lab", Role.STANDARD),
          "You have no account here");
      assertThat(house.accounts.list(Slice.ALL).items()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void tries_that_fail_are_counted_by_where_they_come_from(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      OpenIdAccounts people = people(house, database, true, true);
      for (int i = 0; i < 100; i++) {
        assertThatThrownBy(
            () ->
                people.attempt(
                    TestIdentity.HERE,
                    () -> {
                      throw new IllegalStateException();
                    }));
      }
      assertThatThrownBy(() -> people.attempt(TestIdentity.HERE, () -> 1))
          .isInstanceOf(RetryLaterException.class);
      assertThat(people.<Integer>attempt(new Origin("198.51.100.7", ""), () -> 1)).isEqualTo(1);
    }
  }
}
