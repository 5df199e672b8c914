// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.catalog.HookFailure;
import io.entrepot.server.harvest.hooks.AccessAssignment;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.identity.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What the hooks after a transfer came to for one file.
 *
 * @param failures one for each hook that could not do all it was to do
 */
record HookOutcome(List<Granting> grants, List<HookFailure> failures) {

  /** Somebody that there is, who is to see the file. */
  record Granting(Id file, GranteeType type, Id grantee) {

    void enter(Grants in) {
      in.grant(Actor.HOUSE, file, type, grantee);
    }
  }

  /**
   * @param asked which of the grants to make
   */
  static HookOutcome of(
      Id file,
      HookChain.Findings findings,
      Predicate<HookChain.Asked> asked,
      HarvestTools.Grantees grantees,
      Instant now) {
    List<Granting> grants = new ArrayList<>();
    Map<Id, HookFailure> failures = new LinkedHashMap<>();
    for (HookChain.Complaint complaint : findings.complaints()) {
      add(failures, file, complaint.hook(), complaint.message(), now);
    }
    for (HookChain.Asked grant : findings.grants()) {
      if (asked.test(grant)) {
        AccessAssignment.Wanted wanted = grant.wanted();
        grantees
            .find(wanted.type(), wanted.name())
            .ifPresentOrElse(
                id -> grants.add(new Granting(file, wanted.type(), id)),
                () -> add(failures, file, grant.hook(), nobody(wanted), now));
      }
    }
    return new HookOutcome(grants, List.copyOf(failures.values()));
  }

  private static void add(
      Map<Id, HookFailure> failures, Id file, Hook hook, String message, Instant now) {
    failures.merge(
        hook.id(),
        new HookFailure(file, hook.id(), hook.name(), message, now),
        (old, more) ->
            new HookFailure(
                file, hook.id(), hook.name(), old.error() + "\n" + more.error(), old.since()));
  }

  static String nobody(AccessAssignment.Wanted wanted) {
    return "there is no " + wanted.type().word() + " " + wanted.name() + " to let see it";
  }
}
