// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.catalog.HookFailure;
import io.entrepot.server.catalog.HookFailures;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.harvest.hooks.HookSubject;
import io.entrepot.server.jobs.LogLevel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells hooks again of files for which they failed. Nothing is copied for it. */
final class HooksAgain {

  /** In one run; those that were tried longest ago come first. */
  private static final int MOST = 1_000;

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final HookChain hooks;
  private final HookFailures failures;

  HooksAgain(HarvestScene scene, HarvestTools tools, HookChain hooks) {
    this.scene = scene;
    this.tools = tools;
    this.hooks = hooks;
    this.failures = new HookFailures(tools.database());
  }

  /**
   * @param before only those tried earlier than this
   */
  void tell(Instant before) {
    List<HookFailures.Due> due = failures.due(scene.instrument().id(), before, MOST);
    long still = 0;
    for (HookFailures.Due file : due) {
      scene.job().checkCancelled();
      still += tell(file) ? 0 : 1;
    }
    if (!due.isEmpty()) {
      scene
          .job()
          .log(
              still == 0 ? LogLevel.INFO : LogLevel.WARNING,
              "Hooks that had failed were told again of %d files; of %d they still fail"
                  .formatted(due.size(), still));
    }
  }

  private boolean tell(HookFailures.Due file) {
    Instant now = tools.clock().instant();
    Map<Id, HookFailure> old =
        file.failures().stream().collect(Collectors.toMap(HookFailure::hook, Function.identity()));
    HookSubject subject = HookSubject.of(file.path(), file.size(), file.metadata());
    HookChain.Findings findings = hooks.tellAgain(subject, old.keySet());
    boolean more = !findings.metadata().equals(file.metadata());
    HookOutcome outcome =
        HookOutcome.of(
            file.file(), findings, more ? _ -> true : lacking(old), tools.grantees(), now);
    List<HookFailure> still = outcome.failures().stream().map(one -> since(one, old)).toList();
    scene
        .job()
        .effect(
            () -> {
              failures.forget(file.file(), old.keySet());
              failures.failed(scene.instrument().id(), still, now);
              outcome.grants().forEach(grant -> grant.enter(tools.grants()));
              if (more) {
                failures.found(file, findings.metadata());
              }
            });
    return still.isEmpty();
  }

  /** One that was given then may have been taken back by a person since. */
  private static Predicate<HookChain.Asked> lacking(Map<Id, HookFailure> old) {
    return asked -> {
      HookFailure failure = old.get(asked.hook().id());
      return failure != null
          && failure.error().lines().anyMatch(HookOutcome.nobody(asked.wanted())::equals);
    };
  }

  private static HookFailure since(HookFailure failure, Map<Id, HookFailure> old) {
    HookFailure first = old.get(failure.hook());
    return first == null
        ? failure
        : new HookFailure(
            failure.file(), failure.hook(), failure.hookName(), failure.error(), first.since());
  }
}
