// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import org.junit.jupiter.api.Test;

class LedgerPlaceTest {

  private static final Id ID = new Id("0123456789abcdef01234567");

  @Test
  void a_place_is_written_as_ledgers_have_it_and_read_back() {
    LedgerPlace kept = LedgerPlace.storage(ID, "NMR/a b/c");
    assertThat(kept.text()).isEqualTo("storage:0123456789abcdef01234567/NMR/a b/c");
    assertThat(LedgerPlace.parse(kept.text())).hasValue(kept);
    LedgerPlace original = LedgerPlace.instrument(ID, "");
    assertThat(original.text()).isEqualTo("instrument:0123456789abcdef01234567/");
    assertThat(LedgerPlace.parse(original.text())).hasValue(original);
  }

  @Test
  void anything_else_is_no_place() {
    assertThat(LedgerPlace.parse("")).isEmpty();
    assertThat(LedgerPlace.parse("tape:0123456789abcdef01234567/a")).isEmpty();
    assertThat(LedgerPlace.parse("storage:0123/a")).isEmpty();
  }
}
