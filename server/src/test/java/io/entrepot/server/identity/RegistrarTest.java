// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.RetryLaterException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.settings.EntrepotSettings.Registration;
import org.junit.jupiter.api.Test;

class RegistrarTest {

  @Test
  void a_stranger_makes_no_endless_number_of_accounts() {
    try (Database database = TestDatabases.sqlite()) {
      TestIdentity house = new TestIdentity(database);
      Registrar registrar =
          new Registrar(
              house.accounts,
              Registration.OPEN,
              house.tools.localAccounts(),
              new Throttle(Throttle.REGISTRATION, house.clock));
      for (int i = 0; i < Throttle.REGISTRATION.perAddress(); i++) {
        NewAccount wanted = new NewAccount("person" + i + "@lab", "password", Role.STANDARD);
        assertThat(registrar.register(wanted, null, TestIdentity.HERE).verified()).isFalse();
      }
      NewAccount another = new NewAccount("another@lab", "password", Role.STANDARD);

      assertThatThrownBy(() -> registrar.register(another, null, TestIdentity.HERE))
          .isInstanceOf(RetryLaterException.class);
      assertThat(house.accounts.findByEmail("another@lab")).isEmpty();
    }
  }
}
