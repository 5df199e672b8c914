// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.catalog.Completion;
import io.entrepot.server.catalog.Failure;
import io.entrepot.server.catalog.HookFailure;
import io.entrepot.server.catalog.HookFailures;
import io.entrepot.server.database.Json;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Outcome;
import io.entrepot.storage.mover.VerifiedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the outcomes of a batch on record: the proved copies with their metadata, grants and ledger
 * entries, and the failures with when to try again, all in one transaction.
 */
final class HarvestResults {

  /** When one of these ends a whole batch, the next batch would end the same way. */
  static final Set<ErrorCode> STORE_IS_GONE =
      EnumSet.of(
          ErrorCode.STORE_UNREACHABLE,
          ErrorCode.STORE_HOST_UNKNOWN,
          ErrorCode.STORE_REFUSED_LOGIN,
          ErrorCode.STORE_HOST_KEY_CHANGED,
          ErrorCode.STORE_ROOT_MISSING,
          ErrorCode.STORE_FULL,
          ErrorCode.STORE_READ_ONLY);

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final HookChain hooks;
  private final CustodyWords words;
  private final Originals originals;
  private final HookFailures hookFailures;
  private final Tally tally;
  private final Retry retry = new Retry();

  /**
   * @param tally told of each file that came in or failed
   */
  HarvestResults(
      HarvestScene scene, HarvestTools tools, HookChain hooks, Originals originals, Tally tally) {
    this.tally = tally;
    this.scene = scene;
    this.tools = tools;
    this.hooks = hooks;
    this.words = new CustodyWords(scene);
    this.originals = originals;
    this.hookFailures = new HookFailures(tools.database());
  }

  /** An outcome with what was planned. */
  record Ended(Planned planned, Outcome outcome, Instant startedAt) {}

  /** What one transaction is to write. */
  private static final class Sheet {
    final List<Completion> completions = new ArrayList<>();
    final List<Failure> failures = new ArrayList<>();
    final List<CustodyEntry> custody = new ArrayList<>();
    final List<HookOutcome> hooks = new ArrayList<>();
    final List<Id> toldBefore = new ArrayList<>();
    final List<Originals.Proved> proved = new ArrayList<>();
  }

  /**
   * @throws StoreException when a store is gone, after all outcomes are on record
   */
  void record(List<Ended> batch) {
    Instant now = tools.clock().instant();
    Sheet sheet = new Sheet();
    for (Ended ended : batch) {
      enter(ended, now, sheet);
    }
    List<Originals.Proved> going = originals.going(sheet.proved);
    scene
        .job()
        .effect(
            () -> {
              tools.ingest().completed(sheet.completions);
              originals.announce(going);
              tools.ingest().failed(sheet.failures);
              tools.custody().append(sheet.custody);
              enterHooks(sheet, now);
            });
    scene.job().progress().count(HarvestJob.TRANSFERRED, sheet.completions.size());
    long failed = sheet.failures.stream().filter(HarvestResults::counts).count();
    scene.job().progress().count(HarvestJob.FAILED, failed);
    countChanging(sheet.failures);
    long cutOff = sheet.failures.size() - failed;
    scene.job().progress().done(0, batch.size() - cutOff);
    originals.remove(going);
    storeThatIsGone(batch).ifPresent(HarvestResults::rethrow);
  }

  /** Those that are counted as failed, and with which nothing is wrong. */
  private void countChanging(List<Failure> failures) {
    long changing = failures.stream().filter(one -> one.code() == ErrorCode.SOURCE_CHANGED).count();
    if (changing > 0) {
      scene.job().progress().count(HarvestJob.CHANGING, changing);
    }
  }

  private void enter(Ended ended, Instant now, Sheet sheet) {
    switch (ended.outcome()) {
      case Outcome.Copied(_, var copy) -> completed(ended, copy, now, sheet);
      case Outcome.AlreadyThere(_, var copy) -> completed(ended, copy, now, sheet);
      case Outcome.SourceChanged _ ->
          failed(
              ended,
              new EntrepotException(
                  ErrorCode.SOURCE_CHANGED,
                  "It changed while it was being read. Nothing of it was kept; it is taken when it"
                      + " stands still."),
              now,
              sheet);
      case Outcome.Failed(_, var cause) -> failed(ended, cause, now, sheet);
    }
  }

  private void completed(Ended ended, VerifiedCopy copy, Instant now, Sheet sheet) {
    Planned planned = ended.planned();
    HookChain.Findings findings = hooks.tell(planned.subject());
    sheet.completions.add(
        new Completion(
            planned.transfer(),
            planned.file(),
            planned.version(),
            planned.target(),
            copy.size(),
            copy.xxh64().hex(),
            copy.proof().digest(DigestAlgorithm.SHA256).orElseThrow().hex(),
            ended.startedAt(),
            now,
            Objects.requireNonNull(Json.text(findings.metadata()))));
    sheet.custody.add(words.copied(planned, copy));
    hooks(planned, findings, now, sheet);
    tally.transferred(1);
    sheet.proved.add(new Originals.Proved(planned, copy, ended.startedAt()));
  }

  private void hooks(Planned planned, HookChain.Findings findings, Instant now, Sheet sheet) {
    HookOutcome outcome =
        HookOutcome.of(planned.file(), findings, _ -> true, tools.grantees(), now);
    sheet.hooks.add(outcome);
    if (planned.version() > 1 || planned.xxhash() != null) {
      sheet.toldBefore.add(planned.file());
    }
    for (HookFailure failure : outcome.failures()) {
      failure
          .error()
          .lines()
          .forEach(line -> scene.job().warn(planned.stat().path() + ": " + line));
    }
  }

  private void enterHooks(Sheet sheet, Instant now) {
    hookFailures.forget(sheet.toldBefore);
    hookFailures.failed(
        scene.instrument().id(),
        sheet.hooks.stream().flatMap(outcome -> outcome.failures().stream()).toList(),
        now);
    sheet.hooks.stream()
        .flatMap(outcome -> outcome.grants().stream())
        .forEach(grant -> grant.enter(tools.grants()));
  }

  private void failed(Ended ended, EntrepotException cause, Instant now, Sheet sheet) {
    Planned planned = ended.planned();
    EntrepotException why = planned.leftover().told(cause, planned);
    sheet.failures.add(retry.failure(planned, why, ended.startedAt(), now));
    tally.failed(planned, why);
    if (why.code().category() == ErrorCategory.INTEGRITY) {
      sheet.custody.add(words.damaged(planned, String.valueOf(why.getMessage()), now));
    }
    if (why.code() != ErrorCode.CANCELLED) {
      scene.job().warn(planned.stat().path() + ": " + why.getMessage());
    }
  }

  /** What a cancelled run was busy with has not failed. */
  private static boolean counts(Failure failure) {
    return failure.code() != ErrorCode.CANCELLED;
  }

  private Optional<StoreException> storeThatIsGone(List<Ended> batch) {
    StoreException last = null;
    for (Ended ended : batch) {
      if (!(ended.outcome() instanceof Outcome.Failed(_, var cause))
          || !STORE_IS_GONE.contains(cause.code())) {
        return Optional.empty();
      }
      last = cause;
    }
    return Optional.ofNullable(last).map(this::named);
  }

  /** Only a location is written to, and its files are named without saying which one it is. */
  private StoreException named(StoreException gone) {
    if (gone.code() != ErrorCode.STORE_FULL && gone.code() != ErrorCode.STORE_READ_ONLY) {
      return gone;
    }
    StorageLocation location = scene.location();
    return new StoreException(
        gone.code(),
        "Storage location \"%s\" at %s takes no more: %s"
            .formatted(location.name(), location.basePath(), gone.getMessage()),
        gone);
  }

  private static void rethrow(StoreException gone) {
    throw gone;
  }
}
