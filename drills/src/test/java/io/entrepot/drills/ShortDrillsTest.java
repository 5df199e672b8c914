// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.custody.LedgerDrill;
import io.entrepot.drills.harvest.DuplicatesDrill;
import io.entrepot.drills.harvest.GrowingDrill;
import io.entrepot.drills.harvest.KillDrill;
import io.entrepot.drills.harvest.SyncPointDrill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillSettings.Size;
import io.entrepot.drills.kit.Verdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A few faults of each kind; {@code ./entrepot drill} does many. Two at a time, each with a server
 * and folders of its own, the longest first; but beside the drill that takes the time of starts
 * nothing runs that is busy for long.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShortDrillsTest {

  @TempDir Path work;
  private DrillSettings settings;

  @BeforeEach
  void what_a_drill_needs_is_there() {
    Needs.builtServer();
    Needs.auditor();
    long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
    System.out.println("seed " + seed);
    settings = new DrillSettings(List.of(), Size.SHORT, seed, work);
  }

  @Test
  @Order(1)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(Needs.MACHINE)
  void a_server_killed_at_random_moments_loses_nothing_and_shows_nothing_half_done() {
    Verdict verdict = new KillDrill(settings).run();
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }

  @Test
  @Order(2)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void a_server_killed_at_a_sync_point_loses_nothing_and_shows_nothing_half_done() {
    Needs.compiler();
    Verdict verdict = new SyncPointDrill(settings).run();
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }

  @Test
  @Order(5)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void a_file_that_is_still_being_written_is_not_taken_and_in_the_end_kept_whole() {
    Verdict verdict = new GrowingDrill(settings).run();
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }

  @Test
  @Order(4)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void what_arrives_twice_has_one_record_each_and_no_version_is_overwritten() {
    Verdict verdict = new DuplicatesDrill(settings).run();
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }

  @Test
  @Order(3)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void every_kind_of_attack_on_the_ledger_is_found_from_a_checkpoint_that_was_copied_off() {
    Needs.builtCommands();
    Verdict verdict = new LedgerDrill(settings).run();
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }
}
