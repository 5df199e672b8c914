// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.custody.AuditEntry.Entity;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.ApiKey.Scope;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecentCredentialsTest {

  private static final Id SOMEBODY = new Id("0123456789abcdef01234567");
  private static final SignedIn WHO =
      new SignedIn(new Actor(SOMEBODY, "ann@lab", Role.STANDARD), SOMEBODY);

  private final TestClock clock = new TestClock();
  private final RecentCredentials recent = new RecentCredentials(clock);
  private final AtomicInteger lookedUp = new AtomicInteger();

  private Optional<SignedIn> find(String credential) {
    return recent.find(
        credential,
        () -> {
          lookedUp.incrementAndGet();
          return credential.equals("good") ? Optional.of(WHO) : Optional.empty();
        });
  }

  @Test
  void a_credential_is_looked_up_once_a_second() {
    assertThat(find("good")).contains(WHO);
    clock.advance(Duration.ofMillis(999));
    assertThat(find("good")).contains(WHO);
    assertThat(lookedUp).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(find("good")).contains(WHO);
    assertThat(lookedUp).hasValue(2);
    clock.advance(Duration.ofHours(-1));
    assertThat(find("good")).contains(WHO);
    assertThat(lookedUp).hasValue(3);
  }

  @Test
  void what_proves_nothing_is_looked_up_each_time() {
    assertThat(find("bad")).isEmpty();
    assertThat(find("bad")).isEmpty();
    assertThat(lookedUp).hasValue(2);
  }

  @Test
  void a_change_of_people_logins_or_keys_ends_what_was_known_and_no_other_does() {
    find("good");
    recent.changed(new Entity("instrument", SOMEBODY.hex()));
    find("good");
    assertThat(lookedUp).hasValue(1);
    for (String thing : new String[] {"user", "session", "api_key"}) {
      int before = lookedUp.get();
      recent.changed(new Entity(thing, SOMEBODY.hex()));
      find("good");
      assertThat(lookedUp).as(thing).hasValue(before + 1);
    }
  }

  @Test
  void a_change_made_while_a_credential_is_looked_up_is_not_overlooked() {
    recent.find(
        "good",
        () -> {
          recent.changed(new Entity("user", SOMEBODY.hex()));
          return Optional.of(WHO);
        });
    find("good");
    assertThat(lookedUp).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_credential_that_was_just_used_is_worth_nothing_more_the_moment_it_is_taken_away(
      Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account root = house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.ADMIN);
      ApiKey.Made key = house.key(ann, Scope.ADMIN);
      Login.Opened login =
          house.logins.open(ann, LoginKind.JWT, Duration.ofHours(1), TestIdentity.HERE);
      SignedIn signedIn = house.bearer(login.token()).orElseThrow();
      assertThat(house.bearer(key.token()).orElseThrow().actor().isAdmin()).isTrue();

      AccountChange demotion = new AccountChange(null, null, Role.STANDARD, null, null);
      house.accounts.update(root.actor(), ann.id(), demotion, login.login().id());
      assertThat(house.bearer(key.token()).orElseThrow().actor().isAdmin()).isFalse();

      house.keys.revoke(root.actor(), key.key().id());
      assertThat(house.bearer(key.token())).isEmpty();

      assertThat(house.bearer(login.token())).isPresent();
      house.logins.end(signedIn, TestIdentity.HERE);
      assertThat(house.bearer(login.token())).isEmpty();

      Login.Opened again =
          house.logins.open(ann, LoginKind.COOKIE, Duration.ofHours(1), TestIdentity.HERE);
      assertThat(house.authenticator.session(again.token())).isPresent();
      house.accounts.delete(root.actor(), ann.id());
      assertThat(house.authenticator.session(again.token())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_cookie_is_no_bearer_token(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      Login.Opened login =
          house.logins.open(ann, LoginKind.COOKIE, Duration.ofHours(1), TestIdentity.HERE);
      assertThat(house.authenticator.session(login.token())).isPresent();
      assertThat(house.bearer(login.token())).isEmpty();
    }
  }
}
