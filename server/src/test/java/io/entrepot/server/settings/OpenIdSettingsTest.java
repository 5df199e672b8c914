// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenIdSettingsTest {

  private static final Path PAGE = Path.of("../docs/administer/openid.md");

  @TempDir private Path folder;

  @Test
  void the_sample_of_the_page_for_operators_is_what_a_server_reads() throws IOException {
    Matcher sample = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(Files.readString(PAGE));
    assertThat(sample.find()).isTrue();
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    String text = sample.group(1).replace("/etc/entrepot/openid.secret", secret.toString());
    Path file = Files.writeString(folder.resolve("sample.yaml"), text);

    EntrepotSettings settings = GivenSettings.read("--entrepot.config=" + file);

    OpenIdSettings openid = settings.openid();
    assertThat(openid.issuer()).isEqualTo("https://sso.institute.example/realms/lab");
    assertThat(openid.clientSecretFile()).isEqualTo(secret);
    assertThat(openid.groups().admin()).containsExactly("/entrepot-admins");
    assertThat(openid.groups().standard()).hasSize(2);
    assertThat(settings.login().localAccounts()).isFalse();
  }

  private static void assertRefused(String named, String... changed) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--entrepot.address=https://entrepot.example",
                "--entrepot.openid.issuer=https://sso.example",
                "--entrepot.openid.client-id=entrepot",
                "--entrepot.openid.groups.standard=*"));
    for (String setting : changed) {
      String name = setting.substring(0, setting.indexOf('=') + 1);
      arguments.removeIf(argument -> argument.startsWith(name));
      arguments.add(setting);
    }
    arguments.removeIf(argument -> argument.endsWith("=-"));
    Throwable why = catchThrowable(() -> GivenSettings.read(arguments.toArray(String[]::new)));
    assertThat(why).as(Arrays.toString(changed)).isNotNull();
    while (why.getCause() != null) {
      why = why.getCause();
    }
    assertThat(why).hasMessageContaining(named);
  }

  @Test
  void what_would_let_the_wrong_people_in_or_nobody_is_refused_by_its_name() {
    assertRefused("entrepot.openid.issuer", "--entrepot.openid.issuer=http://sso.example");
    assertRefused("entrepot.openid.issuer", "--entrepot.openid.issuer=https://sso.example?x");
    assertRefused("entrepot.openid.client-id", "--entrepot.openid.client-id=");
    assertRefused("entrepot.openid.groups", "--entrepot.openid.groups.standard=-");
    assertRefused("entrepot.openid.groups.admin", "--entrepot.openid.groups.admin=*");
    assertRefused("entrepot.openid.scopes", "--entrepot.openid.scopes=email");
    assertRefused("entrepot.address", "--entrepot.address=-");
    assertRefused("entrepot.login.local-accounts", "--entrepot.login.local-accounts=false");
    assertRefused("nowhere", "--entrepot.openid.client-secret-file=/nowhere");
    assertRefused(
        "entrepot.openid.client-secret",
        "--entrepot.openid.client-secret=s",
        "--entrepot.openid.client-secret-file=/etc/hostname");
  }
}
