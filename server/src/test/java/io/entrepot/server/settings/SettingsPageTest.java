// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

  private static final Path PAGE = Path.of("../docs/administer/running.md");
  private static final Pattern NAME = Pattern.compile("`([a-z.-]+)`");

  /** The names in the first cells of the table; one that begins with a dot is a sibling. */
  private static Set<String> described() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String row : Files.readAllLines(PAGE)) {
      if (row.startsWith("| `entrepot.")) {
        String cell = row.substring(0, row.indexOf('|', 1));
        List<String> found = NAME.matcher(cell).results().map(match -> match.group(1)).toList();
        String parent = found.getFirst().substring(0, found.getFirst().lastIndexOf('.'));
        found.forEach(name -> names.add(name.startsWith(".") ? parent + name : name));
      }
    }
    return names;
  }

  @Test
  void the_page_for_operators_describes_every_setting_and_no_other() throws IOException {
    assertThat(described()).containsExactlyInAnyOrderElementsOf(SettingNames.all());
  }
}
