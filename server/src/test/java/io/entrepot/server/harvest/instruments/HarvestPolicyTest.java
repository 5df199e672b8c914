// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HarvestPolicyTest {

  @Test
  void without_settings_a_file_stands_still_for_five_seconds_and_nothing_is_removed() {
    HarvestPolicy policy = HarvestPolicy.of(null);

    assertThat(policy.stability()).isEqualTo(Duration.ofSeconds(5));
    assertThat(policy.removeOriginals()).isFalse();
    assertThat(policy.onChange()).isEqualTo(HarvestPolicy.OnChange.VERSION);
  }

  @Test
  void every_setting_that_cannot_be_used_is_named() {
    assertThatThrownBy(
            () ->
                HarvestPolicy.of(
                    Map.of(
                        "transport", "pigeon",
                        "stability_seconds", -1,
                        "max_parallel", "many",
                        "port", 70_000,
                        "exclude", "*.tmp",
                        "delete_source", "yes",
                        "on_change", "shrug")))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(FieldProblem::path)
                    .extracting(path -> path.getLast())
                    .containsExactlyInAnyOrder(
                        "transport",
                        "stability_seconds",
                        "max_parallel",
                        "port",
                        "exclude",
                        "delete_source",
                        "on_change"));
  }

  @Test
  void a_fraction_is_refused_and_not_cut() {
    assertThat(refusedBy(Map.of("stability_seconds", 0.5, "max_parallel", 1.9)))
        .containsExactlyInAnyOrder("stability_seconds", "max_parallel");
    assertThat(HarvestPolicy.of(Map.of("stability_seconds", 2.0)).stability())
        .isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_limit_of_bandwidth_is_bytes_a_second_and_without_one_there_is_none() {
    assertThat(HarvestPolicy.of(null).bandwidth()).isEqualTo(HarvestPolicy.UNLIMITED);
    Map<String, Object> none = new LinkedHashMap<>();
    none.put("bandwidth_bps", null);
    assertThat(HarvestPolicy.of(none).bandwidth()).isEqualTo(HarvestPolicy.UNLIMITED);
    assertThat(HarvestPolicy.of(Map.of("bandwidth_bps", 1_000)).bandwidth()).isEqualTo(1_000);
    HarvestPolicy.refuseUnusable(Map.of("bandwidth_bps", 1_000));

    for (Object wrong : List.of(0, -5, 999, 1500.5, 1e15, "10M")) {
      assertThat(refusedBy(Map.of("bandwidth_bps", wrong)))
          .as(wrong.toString())
          .containsExactly("bandwidth_bps");
    }
  }

  @Test
  void a_setting_that_nobody_knows_is_refused_with_what_is_known() {
    assertThatThrownBy(() -> HarvestPolicy.refuseUnusable(Map.of("stabilty_seconds", 5)))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e -> {
              FieldProblem problem = e.problems().getFirst();
              assertThat(problem.path()).containsExactly("transfer_config", "stabilty_seconds");
              assertThat(problem.message()).contains("stability_seconds").contains("on_change");
            });
  }

  @Test
  void a_setting_that_can_be_had_one_way_only_is_taken_that_way_and_refused_otherwise() {
    HarvestPolicy.refuseUnusable(
        Map.of("follow_symlinks", false, "rescan", "full", "verify", "reread"));

    for (Map<String, Object> wanted :
        List.of(
            Map.<String, Object>of("follow_symlinks", true),
            Map.<String, Object>of("rescan", "prune_by_dir_mtime"),
            Map.<String, Object>of("verify", "stream"))) {
      assertThatThrownBy(() -> HarvestPolicy.refuseUnusable(wanted))
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e -> assertThat(e.problems().getFirst().message()).contains("not available yet"));
    }
  }

  @Test
  void a_host_key_that_is_none_is_refused_when_it_is_saved_and_does_not_stop_what_runs() {
    for (String wrong : List.of("nonsense", "ssh-ed25519 AAAA", "ssh-ed25519 AAAAB", "SHA256:x")) {
      Map<String, Object> config = Map.of("transport", "sftp", "host_key", wrong);
      assertThatThrownBy(() -> HarvestPolicy.refuseUnusable(config))
          .as(wrong)
          .isInstanceOfSatisfying(
              InvalidFieldsException.class,
              e ->
                  assertThat(e.problems().getFirst().path())
                      .containsExactly("transfer_config", "host_key"));
      assertThat(HarvestPolicy.of(config)).isNotNull();
    }
    HarvestPolicy.refuseUnusable(Map.of("host_key", ""));
    HarvestPolicy.refuseUnusable(Map.of("host_key", "SHA256:" + "a".repeat(43)));
  }

  private static List<String> refusedBy(Map<String, Object> config) {
    try {
      HarvestPolicy.of(new LinkedHashMap<>(config));
      return List.of();
    } catch (InvalidFieldsException e) {
      return e.problems().stream().map(problem -> problem.path().getLast()).toList();
    }
  }
}
