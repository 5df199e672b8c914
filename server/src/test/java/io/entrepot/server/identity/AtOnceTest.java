// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.database.Database;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two people change the same thing at the same moment. */
class AtOnceTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final int ROUNDS = 30;

  /** Whether the first was done; the second may be refused as well. */
  private static boolean atOnce(Runnable first, Runnable second) throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      CountDownLatch start = new CountDownLatch(2);
      Future<Boolean> one = two.submit(() -> done(start, first));
      two.submit(() -> done(start, second)).get();
      return one.get();
    }
  }

  private static boolean done(CountDownLatch start, Runnable work) throws InterruptedException {
    start.countDown();
    start.await();
    try {
      work.run();
      return true;
    } catch (EntrepotException _) {
      return false;
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void two_administrators_who_demote_each_other_never_both_succeed(Database database)
      throws Exception {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Account ann = house.account("ann@lab", Role.ADMIN);
      Account bob = house.account("bob@lab", Role.ADMIN);
      AccountChange demotion = new AccountChange(null, null, Role.STANDARD, null, null);
      AccountChange promotion = new AccountChange(null, null, Role.ADMIN, null, null);
      for (int i = 0; i < ROUNDS; i++) {
        atOnce(
            () -> house.accounts.update(ann.actor(), bob.id(), demotion, null),
            () -> house.accounts.update(bob.actor(), ann.id(), demotion, null));
        assertThat(house.accounts.administrators()).hasSize(1);
        house.accounts.update(Actor.HOUSE, ann.id(), promotion, null);
        house.accounts.update(Actor.HOUSE, bob.id(), promotion, null);
        atOnce(
            () -> house.accounts.delete(ann.actor(), bob.id()),
            () -> house.accounts.delete(bob.actor(), ann.id()));
        assertThat(house.accounts.administrators()).hasSize(1);
        Account gone = house.accounts.find(ann.id()).isEmpty() ? ann : bob;
        house.accounts.restore(Actor.HOUSE, gone.id());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void neither_of_two_changes_of_an_account_is_lost(Database database) throws Exception {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      house.account("root@lab", Role.ADMIN);
      Account ann = house.account("ann@lab", Role.STANDARD);
      for (int i = 0; i < ROUNDS; i++) {
        Role role = i % 2 == 0 ? Role.EMPLOYEE : Role.STANDARD;
        String email = "ann" + i + "@lab";
        AccountChange one = new AccountChange(null, null, role, null, null);
        AccountChange other = new AccountChange(email, null, null, null, null);
        atOnce(
            () -> house.accounts.update(Actor.HOUSE, ann.id(), one, null),
            () -> house.accounts.update(Actor.HOUSE, ann.id(), other, null));
        assertThat(house.accounts.live(ann.id()).role()).isEqualTo(role);
        assertThat(house.accounts.live(ann.id()).email()).isEqualTo(email);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_name_given_to_a_team_while_it_is_deleted_is_kept(Database database) throws Exception {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Team team = house.groups.create(Actor.HOUSE, "Chemists", null);
      for (int i = 0; i < ROUNDS; i++) {
        String name = "Chemists " + i;
        boolean named =
            atOnce(
                () -> house.groups.update(Actor.HOUSE, team.id(), _ -> new Team.Naming(name, null)),
                () -> house.groups.delete(Actor.HOUSE, team.id()));
        assertThat(house.groups.find(team.id())).isEmpty();
        Team back = house.groups.restore(Actor.HOUSE, team.id());
        assertThat(back.name().equals(name)).isEqualTo(named);
      }
    }
  }
}
