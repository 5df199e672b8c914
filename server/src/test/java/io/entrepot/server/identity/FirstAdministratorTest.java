// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.database.Database;
import io.entrepot.server.settings.EntrepotSettings.AdminSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstAdministratorTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void nobody_is_invited_where_passwords_are_switched_off(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      IdentityTools on = house.tools;
      LocalAccounts off = new LocalAccounts(false, "the institute");
      IdentityTools tools = new IdentityTools(on.ids(), on.clock(), on.random(), on.audit(), off);
      FirstAdministrator first =
          new FirstAdministrator(database, house.accounts, tools, folder.resolve("off.token"));

      assertThat(first.invite()).isEmpty();
      assertThatThrownBy(() -> first.complete("", "a@lab", "long enough", TestIdentity.HERE))
          .hasMessageContaining("Sign in with the institute at /ui/login");
      assertThat(first.isMissing()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void the_link_makes_one_administrator_once(Database database) throws IOException {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      Path file = folder.resolve("set-up.token");
      FirstAdministrator first =
          new FirstAdministrator(database, house.accounts, house.tools, file);
      String older = first.invite().orElseThrow();
      String token = first.invite().orElseThrow();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");

      assertThatThrownBy(() -> first.complete(older, "a@lab", "long enough", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThatThrownBy(() -> first.complete(token, "a@lab", "short", TestIdentity.HERE))
          .isInstanceOf(WeakPasswordException.class);
      assertThat(first.complete(token, "a@lab", "long enough", TestIdentity.HERE).role())
          .isEqualTo(Role.ADMIN);
      assertThatThrownBy(() -> first.complete(token, "b@lab", "long enough", TestIdentity.HERE))
          .isInstanceOf(BadTokenException.class);
      assertThat(first.invite()).isEmpty();
      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void the_settings_make_an_administrator_and_change_none(Database database) {
    try (database) {
      TestIdentity house = new TestIdentity(database);
      FirstAdministrator first =
          new FirstAdministrator(database, house.accounts, house.tools, folder.resolve("t"));
      first.makeConfigured(new AdminSettings("root@lab", "the first one"));
      first.makeConfigured(new AdminSettings("ROOT@lab", "the second one"));

      assertThat(first.isMissing()).isFalse();
      assertThat(house.enter("root@lab", "the first one")).isPresent();
      assertThat(house.enter("root@lab", "the second one")).isEmpty();
      assertThatThrownBy(() -> first.makeConfigured(new AdminSettings("x@lab", "short")))
          .hasMessageContaining("entrepot.admin.password");
    }
  }
}
