// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.RetryLaterException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.FullDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {

  private static final PasswordWork WORK = new PasswordWork(256, 2);
  private static final PasswordWork LESS_WORK = new PasswordWork(64, 1);

  private static Origin from(String address) {
    return new Origin(address, "");
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_weaker_hash_of_before_is_made_anew_by_signing_in(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database, WORK);
      Account ann = house.account("ann@lab", Role.STANDARD);
      AccountTable table = new AccountTable(database);
      String weak = new Passwords(LESS_WORK).hash(TestIdentity.PASSWORD);
      database.write(() -> table.setPassword(ann.id(), weak, house.clock.instant()));

      assertThat(house.enter("ann@lab", TestIdentity.PASSWORD)).isPresent();

      assertThat(table.password(ann.id()).orElseThrow()).contains("m=256,t=2,p=1");
      assertThat(house.enter("ann@lab", TestIdentity.PASSWORD)).isPresent();
      assertThat(house.enter("ann@lab", "wrong horse")).isEmpty();
    }
  }

  @Test
  void on_a_full_disk_a_weaker_hash_stays_and_its_owner_gets_in() {
    FullDatabase full = new FullDatabase();
    try (Database database = full.database()) {
      TestIdentity house = new TestIdentity(database, WORK);
      Account ann = house.account("ann@lab", Role.STANDARD);
      AccountTable table = new AccountTable(database);
      String weak = new Passwords(LESS_WORK).hash(TestIdentity.PASSWORD);
      database.write(() -> table.setPassword(ann.id(), weak, house.clock.instant()));
      full.refuse("update on account");

      assertThat(house.enter("ann@lab", TestIdentity.PASSWORD)).isPresent();

      assertThat(table.password(ann.id())).hasValue(weak);
      assertThat(full.hasUsedReserve()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_password_that_was_changed_while_it_was_looked_at_opens_nothing(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.STANDARD);
      SignIn.Proved late =
          house.signIn.prove("ann@lab", TestIdentity.PASSWORD, TestIdentity.HERE).orElseThrow();
      SignIn.Proved off =
          house.signIn.prove("ann@lab", TestIdentity.PASSWORD, TestIdentity.HERE).orElseThrow();

      AccountChange change = AccountChange.ofOneself(null, "a new password");
      house.accounts.update(ann.actor(), ann.id(), change, null);

      assertThat(open(house, late)).isEmpty();
      assertThat(house.enter("ann@lab", "a new password")).isPresent();

      house.account("root@lab", Role.ADMIN);
      house.accounts.update(
          ann.actor(), ann.id(), new AccountChange(null, null, null, false, null), null);
      assertThat(open(house, off)).isEmpty();
    }
  }

  private static Optional<SignIn.Entered> open(TestIdentity house, SignIn.Proved proved) {
    return house.signIn.opened(proved, LoginKind.JWT, Duration.ofHours(1), TestIdentity.HERE);
  }

  @Test
  void tries_that_lie_in_the_future_since_the_clock_was_set_back_do_not_count() {
    TestClock clock = new TestClock();
    Throttle throttle = new Throttle(Throttle.SIGN_IN, clock);
    for (int i = 0; i < Throttle.SIGN_IN.perAccount(); i++) {
      throttle.begin("ann@lab", "192.0.2.1", false);
    }
    clock.advance(Duration.ofDays(-1));

    assertThatCode(() -> throttle.begin("ann@lab", "192.0.2.1", false)).doesNotThrowAnyException();
  }

  @Test
  void guessing_from_many_addresses_ends_after_twenty_tries_and_the_owner_still_gets_in() {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, new TestClock());
    for (int i = 0; i < Throttle.SIGN_IN.perAccount(); i++) {
      throttle.begin("ann@lab", "192.0.2." + i, false);
    }

    assertThatThrownBy(() -> throttle.begin("ann@lab", "198.51.100.1", false))
        .isInstanceOf(RetryLaterException.class);
    assertThatCode(() -> throttle.begin("ann@lab", "203.0.113.9", true)).doesNotThrowAnyException();
    assertThatCode(() -> throttle.begin("bob@lab", "192.0.2.1", false)).doesNotThrowAnyException();
  }

  @Test
  void the_wait_is_said_and_is_true() {
    TestClock clock = new TestClock();
    Throttle throttle = new Throttle(Throttle.SIGN_IN, clock);
    throttle.begin("ann@lab", "192.0.2.1", false);
    clock.advance(Duration.ofMinutes(1));
    for (int i = 1; i < Throttle.SIGN_IN.perAccount(); i++) {
      throttle.begin("ann@lab", "192.0.2.1", false);
    }
    RetryLaterException refused =
        catchThrowableOfType(
            RetryLaterException.class, () -> throttle.begin("ann@lab", "192.0.2.1", false));

    assertThat(refused.seconds()).isEqualTo(540);
    clock.advance(Duration.ofSeconds(540));
    assertThatCode(() -> throttle.begin("ann@lab", "192.0.2.1", false)).doesNotThrowAnyException();
  }

  @Test
  void one_network_cannot_try_many_accounts() {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, new TestClock());
    for (int i = 0; i < Throttle.SIGN_IN.perAddress(); i++) {
      throttle.begin("person" + i, "2001:db8:1:2::" + Integer.toHexString(i + 1), false);
    }

    assertThatThrownBy(() -> throttle.begin("ann@lab", "2001:db8:1:2:3:4:5:6", false))
        .isInstanceOf(RetryLaterException.class);
    assertThatCode(() -> throttle.begin("ann@lab", "2001:db8:1:3::1", false))
        .doesNotThrowAnyException();
  }

  @Test
  void signing_in_rightly_is_never_too_often() {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, new TestClock());
    for (int i = 0; i < 1000; i++) {
      throttle.begin("ann@lab", "192.0.2.1", true).succeeded();
    }
  }

  @Test
  void tries_at_the_same_moment_are_all_counted() throws InterruptedException {
    Throttle throttle = new Throttle(Throttle.SIGN_IN, new TestClock());
    AtomicInteger through = new AtomicInteger();
    Thread[] threads = new Thread[200];
    for (int i = 0; i < threads.length; i++) {
      String address = "192.0.2." + i;
      threads[i] =
          Thread.startVirtualThread(
              () -> {
                try {
                  throttle.begin("ann@lab", address, false);
                  through.incrementAndGet();
                } catch (RetryLaterException _) {
                  // What the rest are to get.
                }
              });
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(through).hasValue(Throttle.SIGN_IN.perAccount());
  }

  @Test
  void a_token_that_is_changed_or_signed_by_somebody_else_is_nobodys() {
    TestClock clock = new TestClock();
    JwtTokens ours = new JwtTokens(new byte[32], clock);
    byte[] otherKey = new byte[32];
    otherKey[0] = 1;
    Instant now = clock.instant();
    var ids = new IdSource(clock, new SecureRandom());
    Login login =
        new Login(ids.next(), ids.next(), LoginKind.JWT, now, now.plus(Duration.ofHours(1)));
    String good = ours.issue(login);
    String[] parts = good.split("\\.", -1);

    assertThat(ours.verify(good)).contains(new JwtTokens.Claimed(login.id(), login.account()));
    assertThat(ours.verify(new JwtTokens(otherKey, clock).issue(login))).isEmpty();
    assertThat(ours.verify("eyJhbGciOiJub25lIn0." + parts[1] + ".")).isEmpty();
    assertThat(ours.verify(parts[0] + "." + parts[1] + "x." + parts[2])).isEmpty();
    assertThat(ours.verify("")).isEmpty();
    assertThat(ours.verify("..")).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(ours.verify(good)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "short",
        "your-256-bit-secret-your-256-bit-secret",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
      })
  void a_key_that_is_short_or_an_example_stops_the_start(String key, @TempDir Path folder)
      throws IOException {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    Path file = folder.resolve("jwt.key");
    Files.writeString(file, Base64.getEncoder().encodeToString(bytes));

    assertThatThrownBy(() -> TokenKey.open(file, new SecureRandom()))
        .isInstanceOf(EntrepotException.class)
        .hasMessageContaining("Delete it");
    Files.delete(file);
    assertThat(TokenKey.open(file, new SecureRandom())).hasSize(32);
  }

  @Test
  void an_action_that_nobody_could_ask_the_log_for_is_not_written() {
    Id thing = new Id("0123456789abcdef01234567");
    assertThatThrownBy(() -> AuditTrail.Entry.of("tinker", "user", thing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tinker");
  }
}
