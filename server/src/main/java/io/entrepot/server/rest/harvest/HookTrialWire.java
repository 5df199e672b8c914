// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.hooks.HookTrial;
import io.entrepot.server.harvest.hooks.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a hook says of a file it was tried on.
 *
 * @param action proceed, skip or redirect; hold when it cannot be asked, so the file would wait
 */
record HookTrialWire(
    String action,
    @Nullable String reason,
    @Nullable String destination,
    Map<String, @Nullable Object> metadata,
    List<GrantWire> grants,
    List<String> complaints) {

  /** Somebody who would be let in. */
  record GrantWire(@JsonProperty("grantee_type") String granteeType, String grantee) {}

  static HookTrialWire of(HookTrial trial) {
    return switch (trial.verdict()) {
      case Verdict.Proceed() -> of(trial, "proceed", null, null);
      case Verdict.Skip(_, var reason) -> of(trial, "skip", reason, null);
      case Verdict.Redirect(_, var destination) -> of(trial, "redirect", null, destination);
      case Verdict.Hold(_, var reason) -> of(trial, "hold", reason, null);
    };
  }

  private static HookTrialWire of(
      HookTrial trial, String action, @Nullable String reason, @Nullable String destination) {
    return new HookTrialWire(
        action,
        reason,
        destination,
        trial.metadata(),
        trial.grants().stream()
            .map(grant -> new GrantWire(grant.granteeType(), grant.name()))
            .toList(),
        trial.complaints());
  }
}
