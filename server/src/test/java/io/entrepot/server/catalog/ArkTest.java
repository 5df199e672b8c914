// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArkTest {

  private final Ark ark = new Ark("99999", "fk4");
  private final IdSource ids =
      new IdSource(() -> Instant.parse("2026-11-21T10:00:00Z"), new Random(3));

  @Test
  void the_check_character_agrees_with_the_published_vector() {
    assertThat(Ark.checkCharacter("13030/xf93gt2")).isEqualTo('q');
  }

  @Test
  void a_name_has_the_documented_form_and_leads_back_to_its_file() {
    Id file = ids.nextForFile();
    String name = ark.of(file);

    assertThat(name).matches("ark:/99999/fk4[0-9bcdfghjkmnpqrstvwxz]{19}");
    assertThat(ark.resolve(name)).contains(new Ark.Resolved(file, 0));
    assertThat(ark.resolve(name.replace("ark:/", "ark:"))).contains(new Ark.Resolved(file, 0));
    assertThat(ark.resolve(name + ".v3")).contains(new Ark.Resolved(file, 3));
  }

  @Test
  void hyphens_mean_nothing() {
    Id file = ids.nextForFile();
    String name = ark.of(file);

    assertThat(ark.resolve(name.substring(0, 20) + "-" + name.substring(20)))
        .contains(new Ark.Resolved(file, 0));
  }

  @Test
  void a_hundred_thousand_names_are_all_different() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      names.add(ark.of(ids.nextForFile()));
    }
    assertThat(names).hasSize(100_000);
  }

  @Test
  void every_single_wrong_character_and_every_swap_of_neighbours_is_noticed() {
    String alphabet = "0123456789bcdfghjkmnpqrstvwxz";
    String name = ark.of(ids.nextForFile());
    int first = "ark:/99999/fk4".length();
    for (int i = first; i < name.length(); i++) {
      for (char other : alphabet.toCharArray()) {
        String wrong = name.substring(0, i) + other + name.substring(i + 1);
        assertThat(ark.resolve(wrong).isPresent()).isEqualTo(wrong.equals(name));
      }
      if (i + 1 < name.length() && name.charAt(i) != name.charAt(i + 1)) {
        String swapped =
            name.substring(0, i) + name.charAt(i + 1) + name.charAt(i) + name.substring(i + 2);
        assertThat(ark.resolve(swapped)).isEmpty();
      }
    }
  }

  @Test
  void names_of_other_houses_and_broken_versions_resolve_to_nothing() {
    String name = ark.of(ids.nextForFile());
    assertThat(ark.resolve(name.replace("99999", "12345"))).isEmpty();
    assertThat(ark.resolve(name + ".v0")).isEmpty();
    assertThat(ark.resolve(name + ".x")).isEmpty();
    assertThat(ark.resolve("ark:/99999/fk4")).isEmpty();
    assertThat(ark.resolve("")).isEmpty();
  }
}
