// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.custody.LedgerDrill;
import io.entrepot.drills.harvest.DuplicatesDrill;
import io.entrepot.drills.harvest.GrowingDrill;
import io.entrepot.drills.harvest.KillDrill;
import io.entrepot.drills.harvest.SyncPointDrill;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillSettings.Size;
import io.entrepot.drills.kit.Verdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
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

  /** From the beginning of the first to the end of the last. */
  private static final Duration BUDGET = Duration.ofSeconds(90);

  /** When the first of them began. */
  private static final AtomicLong FIRST = new AtomicLong();

  private static final Map<String, Duration> TOOK = new ConcurrentSkipListMap<>();

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
    green(new KillDrill(settings));
  }

  @Test
  @Order(2)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void a_server_killed_at_a_sync_point_loses_nothing_and_shows_nothing_half_done() {
    Needs.compiler();
    green(new SyncPointDrill(settings));
  }

  @Test
  @Order(5)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void a_file_that_is_still_being_written_is_not_taken_and_in_the_end_kept_whole() {
    green(new GrowingDrill(settings));
  }

  @Test
  @Order(4)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void what_arrives_twice_has_one_record_each_and_no_version_is_overwritten() {
    green(new DuplicatesDrill(settings));
  }

  @Test
  @Order(3)
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = Needs.MACHINE, mode = ResourceAccessMode.READ)
  void every_kind_of_attack_on_the_ledger_is_found_from_a_checkpoint_that_was_copied_off() {
    Needs.builtCommands();
    green(new LedgerDrill(settings));
  }

  private static void green(Drill drill) {
    long began = System.nanoTime();
    FIRST.compareAndSet(0, began);
    Verdict verdict = drill.run();
    TOOK.put(drill.getClass().getSimpleName(), Duration.ofNanos(System.nanoTime() - began));
    assertThat(verdict.green()).as(verdict.text()).isTrue();
  }

  @AfterAll
  static void all_of_them_together_leave_room_for_the_other_tests() {
    Duration together = Duration.ofNanos(System.nanoTime() - FIRST.get());
    String each =
        TOOK.entrySet().stream()
            .map(took -> "%s %.1f s".formatted(took.getKey(), took.getValue().toMillis() / 1000.0))
            .collect(Collectors.joining(", "));
    System.out.println("short drills: " + each);
    assertThat(together).as(each).isLessThanOrEqualTo(BUDGET);
  }
}
